"""Scores of records that are on Spark."""

from typing import TYPE_CHECKING

import pandas as pd

from shiprisk.features import NODES, History
from shiprisk.models import RiskModel
from shiprisk.serving import HISTORY, Scorer, Written, directory_of

from .. import printing
from ..defaults import Exit
from .batch import Answers, Using
from .on_spark import TABLE, SparkInput, require_free, session
from .telling import clearly

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from shiprisk.features import SparkRecords


@clearly
def score_table(
    source: SparkInput, out: str, using: Using, answers: Answers, master: str | None, anew: bool
) -> Exit:
    """Score a table into Parquet or another table; days before the last one count as its past."""
    require_free(out, anew)
    directory = directory_of(using.model, using.tracking_uri).absolute()  # for workers
    past = using.history or directory / HISTORY
    listed = source.tables().get("listed_parties")
    with session(master) as spark, source.records(spark) as records:
        from shiprisk.serving import Scores, score_on_spark  # imports pyspark

        scores = Scores(directory, answers.reasons, answers.lanes)

        def write(found: "DataFrame") -> None:
            writer = found.write.mode("overwrite" if anew else "error")
            if out.startswith(TABLE):
                writer.saveAsTable(out.removeprefix(TABLE))
            else:
                writer.parquet(out)

        score_on_spark(records, past, scores, write, answers.day, listed)
        table = out.startswith(TABLE)
        found = spark.table(out.removeprefix(TABLE)) if table else spark.read.parquet(out)
        written = _written(found, records, answers.show)
    printing.scores(written, out, Scorer(RiskModel.load(directory), History(NODES)))
    printing.riskiest(written)
    return Exit.SOME_REJECTED if records.left_out else Exit.WELL


def _written(found: "DataFrame", records: "SparkRecords", shown: int) -> Written:
    """What was written: its lanes, and so many of the riskiest beside their declarations."""
    lanes = {row["lane"]: row["count"] for row in found.groupBy("lane").count().collect()}
    key = ["declaration_id", "item_number"]
    top = found.orderBy(found["risk"].desc(), *key).limit(shown)
    riskiest = pd.DataFrame(top.toArrow().to_pylist(), columns=top.columns)
    declared = records.declared.join(top.select(key), key).toArrow().to_pandas()
    order = pd.MultiIndex.from_frame(riskiest[key])
    return Written(
        sum(lanes.values()), lanes, riskiest, declared.set_index(key, drop=False).loc[order]
    )
