"""A table of signals written on Spark."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import functions as F

from shiprisk.features import SIGNALS, Block, History, SparkRecords, signal_matrix

from .layout import INSPECTED, OPTIONAL, SAMPLED, SIGNAL_TABLE

# A share of all declarations is told by so many parts that their hashes fall into.
_PARTS = 1_000_000


@dataclass(frozen=True)
class Signals:
    """The rows of a chunk of declarations."""

    columns: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def schema(self) -> pa.Schema:
        """The table's; days without a time of day, which no time zone can move."""
        days = {name: pa.date32() for name in ("declared_on", "known_on")}
        beside = [
            SIGNAL_TABLE.field(name).with_type(days.get(name, SIGNAL_TABLE.field(name).type))
            for name in self.columns
        ]
        return pa.schema([*beside, *((name, pa.float64()) for name in self.names)])

    def __call__(self, declarations: pd.DataFrame, block: Block) -> pa.Table:
        """One row per declaration."""
        matrix = signal_matrix(block, self.names)
        told = declarations.assign(**{INSPECTED: _yes_or_no(declarations[INSPECTED])})
        beside = [
            pa.array(told[name], self.schema.field(name).type, from_pandas=True)
            for name in self.columns
        ]
        return pa.table([*beside, *map(pa.array, matrix.T)], schema=self.schema)


def write_signals(
    records: SparkRecords, beside: History, share: float, into: str, anew: bool = False
) -> None:
    """Write the signals of all inspected declarations, and of an even share of all.

    records: with their outcomes; they are each other's past. beside: what stands beside its totals.
    """
    drawn = F.pmod(F.xxhash64("declaration_id"), F.lit(_PARTS)) < round(share * _PARTS)
    rows = records.with_column(SAMPLED, F.when(drawn, F.lit(share)))
    made = Signals(_columns(rows.declared.columns), tuple(signal.name for signal in SIGNALS))
    rows.answered_by_themselves(
        beside, made, made.schema,
        lambda table: table.write.mode("overwrite" if anew else "error").parquet(into),
        F.col(INSPECTED).isNotNull() | F.col(SAMPLED).isNotNull(),
    )  # fmt: skip


def _columns(present: Sequence[str]) -> tuple[str, ...]:
    return tuple(x for x in SIGNAL_TABLE.names if x in present or x not in OPTIONAL)


def _yes_or_no(numbers: pd.Series) -> np.ndarray:
    """Whether each is 1; None where it is missing."""
    return np.asarray(np.where(numbers.isna(), None, numbers == 1))
