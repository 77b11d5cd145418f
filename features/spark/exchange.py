"""Chunks of declarations and ranges of keys: three stages, and two exchanges between them."""

from collections.abc import Iterator
from contextlib import contextmanager

from pyspark.sql import DataFrame, SparkSession

from ..matrix import ROWS_AT_ONCE
from .answered import Answers, Made
from .chunks import Chunks
from .message import SQL
from .plan import Plan
from .ranges import Ranges

_ROWS = "spark.sql.execution.arrow.maxRecordsPerBatch"


def exchanged(declared: DataFrame, plan: Plan, made: Made, columns: str, tasks: int) -> DataFrame:
    """What is made of chunks of declarations with what the past says of them.

    declared: see `work`; read from files, so that a task that is done again does the same. columns:
    the result's, as Spark writes them. To be carried out in `chunks_of`.
    """
    chunks = declared.mapInArrow(Chunks(plan), SQL)
    of_range = chunks.repartitionById(plan.ranges, "place").sortWithinPartitions("kind")
    told = of_range.mapInArrow(Ranges(plan), SQL)
    of_chunk = told.repartition(tasks, "chunk").sortWithinPartitions("chunk")
    return of_chunk.mapInArrow(Answers(plan, made), columns)


@contextmanager
def chunks_of(spark: SparkSession, rows: int = ROWS_AT_ONCE) -> Iterator[None]:
    """While it lasts, tasks work through so many declarations at once."""
    before = spark.conf.get(_ROWS)
    spark.conf.set(_ROWS, rows)
    try:
        yield
    finally:
        spark.conf.set(_ROWS, before)
