"""Declarations and outcomes into a table of totals, and what a history keeps beside them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from ..history import History, TotalsTable
from ..history.contacts import PAIR, first_of_each, pairs_of
from ..history.rows import SCHEMA
from ..history.statistics import CELL, arrivals_of
from .chunks import Chunks
from .message import SCHEMA as MESSAGES
from .plan import Plan
from .ranges import Joined, Rows
from .work import frame_of, in_files

_ROWS = pa.schema([("range", pa.int32()), *SCHEMA])
_ARRIVALS = pa.schema(
    [*((name, pa.string()) for name in CELL[:-1]), ("month", pa.date32()), ("units", pa.int64())]
)
_PAIRS = pa.schema([*((name, pa.string()) for name in PAIR), ("since", pa.int64())])


def write_totals(declared: DataFrame, plan: Plan, into: Path) -> None:
    """Write what declarations and outcomes add to the past, range by range. See `exchanged`."""
    messages = declared.mapInArrow(Chunks(plan), from_arrow_schema(MESSAGES))
    of_range = messages.repartitionById(plan.ranges, "place")
    _write(of_range.mapInArrow(Rows(plan), from_arrow_schema(_ROWS)), into)


def joined(spark: SparkSession, table: TotalsTable) -> TotalsTable:
    """The totals of a table in one batch: so that years of days do not become as many files."""
    table = replace(table, directory=table.directory.absolute())  # workers stand elsewhere
    plan = Plan(table.directory / table.beside, table, table.ranges)
    places = spark.range(table.ranges).select(F.col("id").cast("int").alias("range"))
    of_range = places.repartitionById(table.ranges, "range")
    rows = of_range.mapInArrow(Joined(plan), from_arrow_schema(_ROWS))
    return table.joined(lambda into: _write(rows, into))


def _write(rows: DataFrame, into: Path) -> None:
    rows.write.mode("overwrite").partitionBy("range").parquet(in_files(into))


def with_beside(history: History, declared: DataFrame) -> History:
    """A history with what declarations add beside its totals; these come to this process.

    They are as many as there are months of goods and ways, and pairs of firms and partners.
    """
    arrived = declared.mapInArrow(Parts(arrivals_of, _ARRIVALS), from_arrow_schema(_ARRIVALS))
    arrivals = arrived.groupBy(*CELL).agg(F.sum("units").alias("units")).toArrow()
    traded = declared.mapInArrow(Parts(pairs_of, _PAIRS), from_arrow_schema(_PAIRS))
    pairs = traded.groupBy(*PAIR).agg(F.min("since").alias("since")).toArrow()
    cells = arrivals.to_pandas(date_as_object=False).sort_values(CELL, ignore_index=True)
    cells["month"] = cells["month"].astype("datetime64[s]")
    return history.beside_extended([cells], [first_of_each(pairs.to_pandas())])


@dataclass(frozen=True)
class Parts:
    """What a function makes of each batch of declarations, as rows of a schema."""

    made: Callable[[pd.DataFrame], pd.DataFrame]
    schema: pa.Schema

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of all batches of a task."""
        for batch in batches:
            rows = self.made(frame_of(batch))
            yield from pa.Table.from_pandas(rows, self.schema, preserve_index=False).to_batches()
