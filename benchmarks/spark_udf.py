"""MLflow's function for Spark beside our own way on Spark and one machine, per row, in one run.

    pip install 'shiprisk[spark]'
    .venv/bin/python benchmarks/spark_udf.py [--rows 20000]

Declarations of one day, the day after the history of a model that was trained on a simulated world
and stored in MLflow; five reasons for each, from a Parquet file to Parquet files, on two cores. The
first round has what is done once: workers start, import and load the model. Risks must be the same.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import mlflow
import numpy as np
import pandas as pd
import pyarrow.dataset as ds

from shiprisk.features import SparkRecords, read_records
from shiprisk.serving import (
    HISTORY,
    MOST_REASONS,
    Scorer,
    Scores,
    directory_of,
    score_on_spark,
    write_scores,
)
from shiprisk.training import Settings, Trained, simulate, track, train
from tests.spark import running_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DECLARATIONS, ROUNDS = 30_000, 3
CHAMPION = "models:/shiprisk@champion"

Way = Callable[[Path, Path], None]


def main(rows: int, home: Path) -> None:
    """Train, then score the same file in three ways, in turns."""
    simulate(home / "records", DECLARATIONS, 0)
    trained = train(read_records(home / "records"), Settings(test=False))
    track(trained, f"sqlite:///{home / 'mlflow.db'}", ["simulated"])
    day = of_one_day(trained, rows, home / "day.parquet")
    with running_spark(home) as spark:
        ways = ways_on(spark, home, directory_of(CHAMPION, f"sqlite:///{home / 'mlflow.db'}"))
        took = {name: list[float]() for name in ways}
        for _ in range(ROUNDS):
            risks = [timed(way, day, home / "scores.parquet", took[name])
                     for name, way in ways.items()]  # fmt: skip
            if not all(np.allclose(risks[0], other, rtol=0, atol=1e-12) for other in risks):
                sys.exit("the risks differ")
    best = min(took["one machine"][1:])
    print(f"{rows:,} rows of one day   first, s   best later, s   microseconds a row   ratio")
    for name, (first, *later) in took.items():
        again = min(later)
        told = f"{name:24}{first:10.1f}{again:14.1f}{again / rows * 1e6:18.0f}"
        print(f"{told}{again / best:14.1f}", flush=True)


def of_one_day(trained: Trained, rows: int, file: Path) -> Path:
    """A file of so many declarations of the day after a history."""
    declarations = trained.past.declarations.tail(rows).copy()
    after = pd.Timestamp(trained.history.through + 1)
    declarations["declared_on"] = np.full(len(declarations), after, dtype="datetime64[s]")
    declarations.to_parquet(file, index=False)
    return file


def timed(way: Way, day: Path, scores: Path, took: list[float]) -> np.ndarray:
    """The risks in the order of their keys; the seconds that they took are added."""
    started = time.perf_counter()
    way(day, scores)
    took.append(time.perf_counter() - started)
    found = ds.dataset(scores).to_table(columns=["declaration_id", "item_number", "risk"])
    rmtree(scores) if scores.is_dir() else scores.unlink()
    in_order = found.sort_by([("declaration_id", "ascending"), ("item_number", "ascending")])
    return np.asarray(in_order["risk"].to_numpy())


def ways_on(spark: "SparkSession", home: Path, model: Path) -> dict[str, Way]:
    """One machine, our way on Spark, and MLflow's."""
    from pyspark.sql import functions as F

    scorer = Scorer.load(model)

    def one(day: Path, out: Path) -> None:
        write_scores(scorer.score_validated(read_records(day).declarations), out)

    def ours(day: Path, out: Path) -> None:
        work = home / "work"
        records = SparkRecords.of(spark.read.parquet(str(day)), work)
        asked = Scores(model, MOST_REASONS, None)
        score_on_spark(records, model / HISTORY, asked, lambda found: found.write.parquet(str(out)))
        rmtree(work)

    def function(day: Path, out: Path) -> None:
        given = spark.read.parquet(str(day)).repartition(2)
        score = mlflow.pyfunc.spark_udf(spark, CHAMPION, env_manager="local")
        scored = given.select(score(F.struct(*given.columns)).alias("score"))
        scored.select("score.*").write.parquet(str(out))

    return {"one machine": one, "score_on_spark": ours, "spark_udf": function}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=20_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        main(given.rows, Path(place))
