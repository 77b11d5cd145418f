"""A fit on a real Dask cluster of two worker processes on this machine."""

import importlib.util
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from logging import CRITICAL
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import roc_auc_score

from shiprisk.features import SIGNALS
from shiprisk.models import Lanes, RiskModel
from shiprisk.training import Settings, SignalTable, TrainingError, on_cluster, read_signals
from shiprisk.training.examples import Examples
from shiprisk.training.fit import fitted, signals_for
from shiprisk.training.signal_table import ClusterFit
from shiprisk.training.train import train_on

from .written import NAMES, write

if TYPE_CHECKING:
    from distributed import Client

SETTINGS = Settings(members=2, most_trees=12, patience=5)
TREES = 12


@pytest.fixture(scope="module")
def client() -> Iterator["Client"]:
    with two_workers() as client:
        yield client


def dask_here() -> Any:
    """Dask's library; without it a test is skipped, and on a build server fails."""
    if importlib.util.find_spec("distributed") is None:
        told = "no Dask here: make scale"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    return importlib.import_module("distributed")


@contextmanager
def two_workers() -> Iterator["Client"]:
    distributed = dask_here()
    local = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": CRITICAL}
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, **local)
    with cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def evidence(directory: Path) -> SignalTable:
    return read_signals(directory, SETTINGS)


@pytest.fixture(scope="module")
def examples(evidence: SignalTable) -> Examples:
    return Examples.asked(evidence.inspected, evidence.asked(NAMES))


@pytest.fixture(scope="module")
def on_two(directory: Path, client: "Client") -> lgb.Booster:
    return ClusterFit(directory, SETTINGS, client)(TREES)


@pytest.fixture(scope="module")
def on_one(examples: Examples) -> lgb.Booster:
    return fitted(examples, signals_for(SETTINGS), SETTINGS, trees=TREES)


def test_it_is_a_plain_booster_of_the_same_shape(on_two: lgb.Booster, on_one: lgb.Booster) -> None:
    assert on_two.num_trees() == on_one.num_trees() == SETTINGS.members * TREES
    assert on_two.feature_name() == on_one.feature_name()
    one, two = on_one.dump_model(), on_two.dump_model()
    assert two["monotone_constraints"] == one["monotone_constraints"]
    assert two["objective"] == one["objective"]
    text = on_two.model_to_string()
    assert "[num_machines: 2]" in text, "both workers took part"
    assert "127.0.0.1" not in text
    assert (
        text.split("\ncategorical_feature: ")[1:]
        == on_one.model_to_string().split("\ncategorical_feature: ")[1:]
    )


def test_it_says_nearly_what_the_fit_on_one_machine_says(
    on_two: lgb.Booster, on_one: lgb.Booster, examples: Examples
) -> None:
    two, one = (booster.predict(examples.matrix) for booster in (on_two, on_one))
    assert not np.array_equal(two, one), "bins and bagging are of each worker's rows"
    assert np.corrcoef(two, one)[0, 1] > 0.95
    areas = [roc_auc_score(examples.labels, risk) for risk in (two, one)]
    assert areas[0] == pytest.approx(areas[1], abs=0.03)


def test_risk_rises_where_it_is_declared_to(on_two: lgb.Booster, examples: Examples) -> None:
    matrix = examples.matrix[:300]
    used = on_two.feature_importance()
    rising = [at for at, s in enumerate(SIGNALS) if s.direction and used[at]]
    assert len(rising) > 3
    for at in rising:
        steps = np.nanquantile(examples.matrix[:, at], np.linspace(0, 1, 7))
        said = []
        for step in steps:
            moved = matrix.copy()
            moved[:, at] = step
            said.append(on_two.predict(moved))
        assert (np.diff(said, axis=0) * SIGNALS[at].direction >= -1e-12).all(), SIGNALS[at].name


def test_rows_without_owner_nationality_were_among_those_learnt_from(
    directory: Path, client: "Client", on_two: lgb.Booster
) -> None:
    told = ClusterFit(directory, replace(SETTINGS, hidden_share=0.0), client)(TREES)
    assert told.model_to_string() != on_two.model_to_string()
    without = ClusterFit(directory, replace(SETTINGS, owner_nationality=False), client)(2)
    assert not RiskModel(without, tuple(without.feature_name()), Lanes(1, 1)).sensitive_columns


def test_a_model_is_measured_on_a_part_and_fitted_on_all(
    directory: Path, client: "Client", evidence: SignalTable
) -> None:
    part = read_signals(directory, SETTINGS, part=0.6)
    with on_cluster(client.scheduler.address, directory, SETTINGS) as last_fit:
        part = replace(part, fitted_elsewhere=last_fit.rows)
        trained = train_on(part, SETTINGS, last_fit=last_fit)
    assert last_fit.rows == len(evidence.inspected) > len(part.inspected)
    assert "[num_machines: 2]" in trained.model.booster.model_to_string()
    assert any(f"{last_fit.rows:,} inspected rows" in told for told in part.cautions)
    contributions = trained.model.contributions(part.matrix[:50])
    risk = trained.model.risk(part.matrix[:50])
    np.testing.assert_allclose(1 / (1 + np.exp(-contributions.sum(axis=1))), risk, atol=1e-12)


def test_as_of_a_day_later_outcomes_are_left_out(
    table: pa.Table, client: "Client", tmp_path: Path
) -> None:
    day = table["known_on"].to_numpy().astype("datetime64[D]")
    day = np.sort(day[~np.isnat(day)])[-200]
    directory = write(table, tmp_path / "table")
    settings = replace(SETTINGS, as_of=day.astype(object))
    known = read_signals(directory, settings).inspected
    assert ClusterFit(directory, settings, client).rows == len(known)


@pytest.mark.parametrize("later", [0.0, 2.0], ids=["as they connect", "as trees grow"])
def test_a_killed_worker_ends_the_fit_with_what_to_do(directory: Path, later: float) -> None:
    with two_workers() as client:
        fit = ClusterFit(directory, replace(SETTINGS, members=1), client)
        victim = next(iter(client.run(os.getpid).values()))
        Thread(target=killed, args=(victim, client, later), daemon=True).start()
        with pytest.raises(TrainingError, match="start it again"):
            fit(1_000_000)


def killed(process: int, client: "Client", later: float) -> None:
    """Kill a worker so many seconds after LightGBM was started on it."""
    while not any("_train_part" in str(tasks) for tasks in client.processing().values()):
        sleep(0.02)
    sleep(later)
    os.kill(process, signal.SIGKILL)


def test_no_scheduler_is_said(directory: Path) -> None:
    dask_here()
    with (
        pytest.raises(TrainingError, match="no Dask scheduler answers"),
        on_cluster("tcp://127.0.0.1:9", directory, SETTINGS, patience="1s"),
    ):
        pass
