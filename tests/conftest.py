"""A small world, a model trained on it and a scorer: made once for all tests that want them."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from shiprisk.features import Records, read_records
from shiprisk.serving import Scorer, save_bundle
from shiprisk.training import Settings, Trained, simulate, train
from shiprisk.training.store import made_ready
from tests.spark import running_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[1]

# How long an example takes says something about the machine, not about the code.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

DECLARATIONS, SEED = 12_000, 7
SMALL_WORLD = ROOT / "tests" / "small_world.toml"
CHOOSE_FROM, TEST_FROM = date(2024, 4, 1), date(2024, 8, 1)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of simulated records: declarations, traders, inspections and the truth."""
    directory = tmp_path_factory.mktemp("records")
    simulate(directory, DECLARATIONS, SEED, SMALL_WORLD)
    return directory


@pytest.fixture(scope="session")
def records(world: Path) -> Records:
    """The records of that world, read and validated. Shared: do not change them."""
    return read_records(world)


@pytest.fixture(scope="session")
def trained(records: Records) -> Trained:
    """A small model with every signal, and the history that travels with it."""
    periods = {"choose_from": CHOOSE_FROM, "test_from": TEST_FROM}
    return train(records, Settings(**periods, seed=SEED, most_trees=80, patience=15, threads=1))


@pytest.fixture(scope="session")
def bundle(trained: Trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of that model and its history, as the scorer and MLflow read it."""
    directory = tmp_path_factory.mktemp("bundle")
    save_bundle(trained.model, trained.history, directory)
    return directory


@pytest.fixture
def bundle_of_other_lists(bundle: Path, tmp_path: Path) -> Path:
    """The same, as if the model had been trained when the list of hubs was another."""
    copied = tmp_path / "other_lists"
    shutil.copytree(bundle, copied)
    described = json.loads((copied / "model.json").read_text(encoding="utf-8"))
    described["about"]["lists"]["hubs"] = "2022-06-28 0123456789ab"
    (copied / "model.json").write_text(json.dumps(described), encoding="utf-8")
    return copied


@pytest.fixture(scope="session")
def scorer(bundle: Path) -> Scorer:
    """A scorer that read the bundle."""
    return Scorer.load(bundle)


@pytest.fixture(scope="session")
def two_trained(records: Records) -> tuple[Trained, Trained]:
    """A model of June and one of August: what came after can judge them."""
    tiny = {"most_trees": 25, "patience": 10, "test": False, "choose_share": 0.3}
    june, august = (Settings(as_of=date(2024, month, 1), **tiny) for month in (6, 8))
    return train(records, june), train(records, august)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file of a store that holds nothing yet; do not change it."""
    file = tmp_path_factory.mktemp("empty") / "mlflow.db"
    made_ready(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """A Spark session on this machine, with two workers."""
    with running_spark(tmp_path_factory.mktemp("spark")) as session:
        yield session
