"""Totals of days as rows of Arrow: what a table of totals holds."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .day_totals import DayTotals
from .entries import DAY_BITS

# ledger: place among the ledgers of `beside`. key: the bits of a hash, signed as Spark has them.
# bin: of a histogram; 0 in an ordinary ledger. amounts: whole 2^-20, one for each column.
SCHEMA = pa.schema(
    [
        ("ledger", pa.int16()),
        ("key", pa.int64()),
        ("day", pa.date32()),
        ("bin", pa.int16()),
        ("amounts", pa.list_(pa.int64())),
    ]
)


def as_table(rows: DayTotals, widths: np.ndarray) -> pa.Table:
    """Totals of days in SCHEMA. widths: columns of each ledger."""
    ends = np.concatenate([[0], np.cumsum(widths[rows.ledger])]).astype(np.int32)
    days = rows.codes & ((1 << DAY_BITS) - 1)
    return pa.table(
        [
            pa.array(rows.ledger),
            pa.array(rows.keys.view(np.int64)),
            pa.array(days).cast(pa.date32()),
            pa.array((rows.codes >> DAY_BITS).astype(np.int16)),
            pa.ListArray.from_arrays(ends, rows.amounts),
        ],
        schema=SCHEMA,
    )


def as_rows(table: pa.Table) -> DayTotals:
    """What `as_table` wrote, in any order of rows."""
    bins = table["bin"].to_numpy().astype(np.int32)
    return DayTotals(
        table["ledger"].to_numpy(),
        table["key"].to_numpy().view(np.uint64),
        (bins << DAY_BITS) | table["day"].cast(pa.int32()).to_numpy(),
        pc.list_flatten(table["amounts"]).to_numpy(),
    )
