"""Tuning: forward in time, tracked, resumed after it was killed, and taken by a training."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mlflow
import numpy as np
import pytest

from shiprisk.features import Records
from shiprisk.training import Limits, Past, Periods, Settings, Trained, tune
from shiprisk.training.tuning.folds import tuning_folds
from shiprisk.training.tuning.objective import Worth, explaining_cost
from tests.conftest import CHOOSE_FROM, ROOT, TEST_FROM

SETTINGS = Settings(choose_from=CHOOSE_FROM, test_from=TEST_FROM, most_trees=20, patience=5)
DONE = "select count(*) from trials where state = 'COMPLETE'"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[str]:
    before = mlflow.get_tracking_uri()
    yield f"sqlite:///{tmp_path / 'mlflow.db'}"
    mlflow.set_tracking_uri(before)


def counted(database: Path, question: str) -> int:
    """The answer of a database that another process may be about to make."""
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return int(connection.execute(question).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def killed_after(trials: int, world: Path, store: str, directory: Path) -> None:
    """Start a search with hours to go and kill it once it has done so many trials."""
    (directory / "quick.toml").write_text("most_trees = 20\npatience = 5\n", encoding="utf-8")
    command = [
        sys.executable, "-c", "from shiprisk.cli import app; app()", "tune", str(world),
        "--minutes", "100", "--tracking-uri", store, "--choose-from", str(CHOOSE_FROM),
        "--test-from", str(TEST_FROM), "--settings", str(directory / "quick.toml"),
    ]  # fmt: skip
    paths = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    running = subprocess.Popen(command, cwd=directory, env={**os.environ, "PYTHONPATH": paths})
    try:
        while counted(directory / "tuning.db", DONE) < trials:
            assert running.poll() is None, "the search ended by itself"
            time.sleep(0.1)
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()


def test_a_killed_search_goes_on_where_it_was(
    records: Records, world: Path, store: str, tmp_path: Path
) -> None:
    pytest.importorskip("optuna", reason="Optuna is an extra: pip install 'shiprisk[tuning]'")
    killed_after(2, world, store, tmp_path)
    before = counted(tmp_path / "tuning.db", DONE)
    told: list[str] = []
    best = tune(records, SETTINGS, store, Limits(600, trials=2), tell=told.append)
    assert best.trials == before + 2
    assert best.objective >= best.as_given
    running = "select count(*) from trials where state = 'RUNNING'"
    assert counted(tmp_path / "tuning.db", running) == 0
    assert any("before" in step for step in told)
    runs = mlflow.search_runs(experiment_names=["shiprisk"])
    is_trial = runs["tags.mlflow.parentRunId"].notna()
    assert (~is_trial).sum() == 1, "one run for the study, before and after"
    assert set(runs["tags.mlflow.parentRunId"].dropna()) == set(runs["run_id"][~is_trial])
    assert (runs["status"] != "RUNNING").all()
    finished = runs[is_trial & (runs["status"] == "FINISHED")]
    assert len(finished) >= best.trials
    assert finished["metrics.objective"].max() == pytest.approx(best.objective)


def test_folds_lie_before_the_test_period_and_after_what_is_learnt(
    trained: Trained, records: Records
) -> None:
    past = Past.of(records)
    periods = Periods.of(past.inspected, SETTINGS)
    folds = tuning_folds(past, trained.examples, periods, trained.model.signals)
    assert len(folds) == 3
    for fold in folds:
        judged, learnt = fold.judged.records, fold.fit.records
        assert learnt["known_on"].max() < judged["declared_on"].min()
        assert judged["declared_on"].max().date() < TEST_FROM
        assert judged["known_on"].max().date() < TEST_FROM


def test_outcomes_of_the_test_period_change_nothing(records: Records, trained: Trained) -> None:
    past = Past.of(records)
    periods = Periods.of(past.inspected, SETTINGS)
    late = periods.test(past.inspected)
    other = replace(
        past,
        inspected=past.inspected.assign(
            violation=np.where(late, ~past.inspected["violation"], past.inspected["violation"])
        ),
    )
    one, two = (
        tuning_folds(of, trained.examples, periods, trained.model.signals) for of in (past, other)
    )
    for fold, same in zip(one, two, strict=True):
        np.testing.assert_array_equal(fold.judged.matrix, same.judged.matrix)
        np.testing.assert_array_equal(fold.judged.labels, same.judged.labels)


def test_explaining_costs_more_the_more_leaves_and_the_deeper(trained: Trained) -> None:
    booster = trained.model.booster
    leaves = sum(tree["num_leaves"] for tree in booster.dump_model()["tree_info"])
    cost = explaining_cost(booster)
    assert leaves < cost <= leaves * SETTINGS.depth


def test_of_two_that_rank_alike_the_cheaper_to_explain_is_better() -> None:
    cheap, dear = (Worth(0.3, 0.01, 100, cost) for cost in (4e3, 4e4))
    assert cheap.objective(1e-6) > dear.objective(1e-6)
    assert cheap.objective(0) == dear.objective(0)


def test_without_the_extra_the_command_says_what_to_install(
    shiprisk_without_optuna: str,
) -> None:
    assert "pip install 'shiprisk[tuning]'" in shiprisk_without_optuna


@pytest.fixture
def shiprisk_without_optuna(tmp_path: Path) -> str:
    """What `tune` says where Optuna is not installed."""
    code = (
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'optuna' else find(name, *more)\n"
        "from shiprisk.cli import app\n"
        "app()\n"
    )
    paths = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", code, "tune", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": paths, "COLUMNS": "200"},
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1
    return done.stderr
