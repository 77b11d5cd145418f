"""A worker or an executor killed in the middle of a job: the same scores, and nothing twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("pyspark", reason="no Spark here: make scale")

from shiprisk.features import Records, save_history
from shiprisk.training.examples import KEY, Past
from tests.spark import ROOT, needed

LAST_DAYS = np.datetime64("2024-07-01", "D")


@pytest.fixture(scope="module")
def runs(records: Records, bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all runs wrote their scores: of the last months, which enter the past as well."""
    needed()
    into = tmp_path_factory.mktemp("killed")
    past = Past.of(records)
    save_history(past.before(LAST_DAYS).history(), into / "past")
    later = past.declarations[past.declarations["declared_on"] >= pd.Timestamp(LAST_DAYS)]
    later.to_parquet(into / "declarations.parquet", index=False)
    words = [into / "past", bundle, into / "declarations.parquet", into / "runs"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.serving.spark.disturbed", *map(str, words)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-5000:]
    return into / "runs"


def scores(directory: Path) -> pa.Table:
    return pq.read_table(directory).sort_by([(name, "ascending") for name in KEY])


@pytest.mark.parametrize(
    ("name", "as_told"),
    [
        ("workers", "ExceptionFailure"),
        ("executors", "ExecutorLostFailure"),
    ],
)
def test_processes_killed_in_the_middle_change_no_score(
    runs: Path, name: str, as_told: str
) -> None:
    told = json.loads((runs / "told.json").read_text(encoding="utf-8"))
    assert set(told["undisturbed"]["ended"]) == {"Success"}
    # On a quiet machine three, one in each stage; a process can also die between two tasks.
    assert told[name]["ended"].get(as_told, 0) >= 1, told[name]
    undisturbed, disturbed = scores(runs / "undisturbed"), scores(runs / name)
    assert len(undisturbed.group_by(KEY).aggregate([])) == len(undisturbed) > 3000
    assert len(undisturbed["risk"].unique()) > 100
    for column in undisturbed.column_names:
        assert disturbed[column].to_pylist() == undisturbed[column].to_pylist(), column
