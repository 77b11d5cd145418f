"""What a table of signals holds: Parquet files with a row for each goods item that is kept."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from ..settings import TrainingError

INSPECTED, SAMPLED = "violation", "sample_share"

# What training needs beside the signals, each a float64 column by its name. A row is kept because
# it was inspected (`violation` is not null) or because its key fell into the random sample of all
# (`sample_share` is then the share that was drawn), or both.
SIGNAL_TABLE = pa.schema(
    [
        pa.field("declaration_id", pa.string()),
        pa.field("item_number", pa.int64()),
        pa.field("declared_on", pa.timestamp("s")),
        pa.field("trader_id", pa.string()),
        pa.field("hs_code", pa.string()),
        pa.field("known_on", pa.timestamp("s")),
        pa.field(INSPECTED, pa.bool_()),
        pa.field(SAMPLED, pa.float64()),
        pa.field("selected_by", pa.string()),
        pa.field("selection_probability", pa.float64()),
        pa.field("customs_value_usd", pa.float64()),
        pa.field("country_of_dispatch", pa.string()),
        pa.field("customs_office", pa.string()),
        pa.field("declarant_id", pa.string()),
    ]
)
# Figures that need one of these are left out where it is absent.
OPTIONAL = (
    "selected_by", "selection_probability", "customs_value_usd", "country_of_dispatch",
    "customs_office", "declarant_id",
)  # fmt: skip
SELECTED = ("selected_by", "selection_probability")  # always there for training, empty or not


def opened(directory: Path, signals: Sequence[str]) -> ds.Dataset:
    """The files of a table; TrainingError where they are none, or lack a column."""
    try:
        found = ds.dataset(directory, format="parquet")
    except (OSError, pa.ArrowInvalid) as error:
        raise TrainingError(f"{directory} holds no table of signals: {error}") from error
    lacking = sorted({*SIGNAL_TABLE.names, *signals} - {*OPTIONAL, *found.schema.names})
    if lacking:
        raise TrainingError(
            f"the table of signals in {directory} lacks the columns {', '.join(lacking)}; write it "
            "with the shiprisk that is to train on it"
        )
    for name in ("declared_on", "known_on"):
        kind = found.schema.field(name).type
        if not pa.types.is_date(kind) and not (pa.types.is_timestamp(kind) and kind.tz is None):
            raise TrainingError(
                f"{name} in {directory} is {kind}: a day is a date, or a timestamp without a zone"
            )
    return found


def inspected_before(table: ds.Dataset, day: date | None) -> pc.Expression:
    """Rows whose outcome was known before a day, or at all."""
    rows = ds.field(INSPECTED).is_valid() & ds.field("known_on").is_valid()
    return rows & before(table, "known_on", day) & before(table, "declared_on", day)


def before(table: ds.Dataset, column: str, day: date | None) -> pc.Expression:
    """Rows of earlier days; every row where none is given."""
    if day is None:
        return pc.scalar(True)
    kind = table.schema.field(column).type
    return ds.field(column) < pa.scalar(day, pa.date32()).cast(kind)


def typed(part: pa.Table) -> pa.Table:
    """The columns that training needs, in their types; those always there empty where absent."""
    columns = {}
    for field in SIGNAL_TABLE:
        if field.name in part.column_names:
            columns[field.name] = pc.cast(part[field.name], field.type, safe=False)
        elif field.name in SELECTED:
            columns[field.name] = pa.nulls(len(part), field.type)
    return pa.table(columns)


def matrix_of(part: pa.Table, signals: Sequence[str]) -> np.ndarray:
    """The signals of rows as a matrix, NaN where missing."""
    return np.column_stack([part[name].cast(pa.float64()).to_numpy() for name in signals])
