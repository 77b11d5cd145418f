"""Declarations beside what inspections of them found."""

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from ..records import DECLARATIONS

_KEY = list(DECLARATIONS.key)
OUTCOMES = pa.schema(
    [
        ("declaration_id", pa.string()),
        ("item_number", pa.int64()),
        ("known_on", pa.date32()),
        ("violation", pa.float64()),
        ("selected_by", pa.string()),
        ("selection_probability", pa.float64()),
    ]
)


def with_outcomes(declared: DataFrame, outcomes: pd.DataFrame, delay_days: int | None) -> DataFrame:
    """Declarations with the columns of OUTCOMES, empty where there was no inspection."""
    columns = outcomes.reindex(columns=OUTCOMES.names)
    found = pa.Table.from_pandas(columns, OUTCOMES, preserve_index=False)
    both = declared.join(declared.sparkSession.createDataFrame(found), on=_KEY, how="left")
    if delay_days is None:
        return both
    soonest = F.date_add("declared_on", delay_days)
    known_on = F.when(F.col("known_on") < soonest, soonest)
    return both.withColumn("known_on", F.coalesce(known_on, "known_on"))
