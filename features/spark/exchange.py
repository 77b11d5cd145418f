"""Chunks of declarations and ranges of keys: three stages, and two exchanges between them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from ..matrix import ROWS_AT_ONCE
from .answered import Answers, Made
from .chunks import Chunks
from .message import SCHEMA as MESSAGES
from .plan import Plan
from .ranges import Ranges

_ROWS = "spark.sql.execution.arrow.maxRecordsPerBatch"


def exchanged(
    declared: DataFrame, plan: Plan, made: Made, schema: pa.Schema, tasks: int
) -> DataFrame:
    """What is made of chunks of declarations with what the past says of them.

    declared: see `work`; read from files, so that a task that is done again does the same. schema:
    of the result. To be carried out in `chunks_of`.
    """
    chunks = declared.mapInArrow(Chunks(plan), from_arrow_schema(MESSAGES))
    of_range = chunks.repartitionById(plan.ranges, "place").sortWithinPartitions("kind")
    told = of_range.mapInArrow(Ranges(plan), from_arrow_schema(MESSAGES))
    of_chunk = told.repartition(tasks, "chunk").sortWithinPartitions("chunk")
    return of_chunk.mapInArrow(Answers(plan, made), from_arrow_schema(schema))


@contextmanager
def chunks_of(spark: SparkSession, rows: int = ROWS_AT_ONCE) -> Iterator[None]:
    """While it lasts, tasks work through so many declarations at once."""
    before = str(spark.conf.get(_ROWS))
    spark.conf.set(_ROWS, rows)
    try:
        yield
    finally:
        spark.conf.set(_ROWS, before)
