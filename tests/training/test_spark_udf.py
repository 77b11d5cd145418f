"""MLflow's own way to score on Spark: the champion of a store as a user-defined function.

Each batch that Spark hands to it is scored by itself with the history that travels with the model.
Days of a batch, and those of other batches, do not see each other, so give it one day, and a model
whose history ends before; `score --engine spark` lets earlier days of a table count for later ones.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import mlflow
import numpy as np
import pandas as pd
import pytest

from shiprisk.serving import NESTED, Scorer
from shiprisk.training import Trained, track

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture
def champion(trained: Trained, tmp_path: Path) -> Iterator[str]:
    """The address of a model in a store of its own."""
    before = mlflow.get_tracking_uri()
    track(trained, f"sqlite:///{tmp_path / 'mlflow.db'}", ["simulated"])
    yield "models:/shiprisk@champion"
    mlflow.set_tracking_uri(before)


@pytest.fixture
def day(trained: Trained) -> pd.DataFrame:
    declarations = trained.past.declarations
    return declarations[declarations["declared_on"] == declarations["declared_on"].max()]


def test_the_champion_as_a_function_of_spark_scores_like_a_scorer(
    spark: "SparkSession", champion: str, scorer: Scorer, day: pd.DataFrame, tmp_path: Path
) -> None:
    from pyspark.sql import functions as F

    assert len(day) > 10
    day.to_parquet(tmp_path / "day.parquet")
    given = spark.read.parquet(str(tmp_path / "day.parquet")).repartition(2)
    score = mlflow.pyfunc.spark_udf(spark, champion, env_manager="local")
    found = (
        given.select(score(F.struct(*given.columns)).alias("score")).select("score.*").toPandas()
    )

    key = ["declaration_id", "item_number"]
    wanted = scorer.score(day).sort_values(key, ignore_index=True)
    found = found.sort_values(key, ignore_index=True)
    np.testing.assert_allclose(found["risk"], wanted["risk"], rtol=0, atol=1e-12)
    same = [*key, "lane", "model_version"]
    pd.testing.assert_frame_equal(found[same], wanted[same], check_dtype=False)
    for name in NESTED:
        assert [json.loads(text) for text in found[name]] == wanted[name].tolist()
