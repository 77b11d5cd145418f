"""Runs in a real MLflow store, and the model where shiprisk is not installed."""

import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import mlflow
import numpy as np
import pandas as pd
import pytest

from shiprisk.features import list_versions
from shiprisk.serving import NESTED, Scorer
from shiprisk.training import Tracked, Trained, track
from shiprisk.training.logged import digest


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    before = mlflow.get_tracking_uri()
    uri = f"sqlite:///{tmp_path_factory.mktemp('store') / 'mlflow.db'}"
    yield uri
    mlflow.set_tracking_uri(before)


@pytest.fixture(scope="module")
def tracked(trained: Trained, store: str) -> Tracked:
    return track(trained, store, ["simulated"])


@pytest.fixture(scope="module")
def day(trained: Trained) -> pd.DataFrame:
    declarations = trained.past.declarations
    return declarations[declarations["declared_on"] == declarations["declared_on"].max()]


def test_the_first_model_is_champion_and_the_next_a_challenger(
    tracked: Tracked, trained: Trained, store: str
) -> None:
    assert (tracked.version, tracked.alias) == ("1", "champion")
    second = track(trained, store, ["simulated"])
    assert (second.version, second.alias) == ("2", "challenger")
    client = mlflow.MlflowClient()
    assert str(client.get_model_version_by_alias("shiprisk", "champion").version) == "1"
    assert str(client.get_model_version_by_alias("shiprisk", "challenger").version) == "2"


def test_a_run_holds_what_someone_would_ask_later(tracked: Tracked, trained: Trained) -> None:
    client = mlflow.MlflowClient()
    run = client.get_run(tracked.run_id)
    assert run.data.params["seed"] == str(trained.model.about["settings"]["seed"])
    assert run.data.params["list_priority"] == list_versions()["priority"]
    found = run.data.metrics["all.precision_at_5"]
    assert found == trained.evaluation.groups["all"]["precision_at_5"]
    assert run.data.tags["model_version"] == trained.model.version
    assert len(run.data.tags["digest_declarations"]) == len(run.data.tags["digest_signals"]) == 16
    artifacts = {item.path for item in client.list_artifacts(tracked.run_id)}
    pictures = {
        "precision_at_capacity.png", "reliability.png", "contributions.png",
        "gain_by_family.png", "inputs_moved.png",
    }  # fmt: skip
    assert artifacts >= {"card.md", "environment.json"} | pictures
    card = mlflow.artifacts.load_text(f"{run.info.artifact_uri}/card.md")
    assert trained.model.version in card
    assert all(f"`{name}`" in card for name in trained.model.signals)


def test_a_run_tells_the_data_of_each_period_by_its_digest(
    tracked: Tracked, trained: Trained
) -> None:
    inputs = mlflow.MlflowClient().get_run(tracked.run_id).inputs.dataset_inputs
    told = {data.tags[0].value: data.dataset for data in inputs}
    assert set(told) == {"training", "choices", "test"}
    assert len({data.digest for data in told.values()}) == 3
    rows = {name: json.loads(data.profile)["num_rows"] for name, data in told.items()}
    inspected = trained.past.inspected
    assert rows["test"] == trained.periods.test(inspected).sum()
    assert digest(inspected) == digest(inspected.copy())
    other = inspected.assign(violation=~inspected["violation"])
    assert digest(inspected) != digest(other)


def test_a_run_shows_how_each_tree_served_the_choices(tracked: Tracked, trained: Trained) -> None:
    history = mlflow.MlflowClient().get_metric_history(
        tracked.run_id, "learning.choices.binary_logloss"
    )
    loss = [metric.value for metric in sorted(history, key=lambda metric: metric.step)]
    assert loss == trained.curves["choices"]["binary_logloss"]
    assert int(np.argmin(loss)) + 1 == trained.model.about["trees"]


def test_a_scorer_loads_the_champion_from_the_registry(
    tracked: Tracked, scorer: Scorer, day: pd.DataFrame
) -> None:
    loaded = Scorer.load(f"models:/shiprisk@{tracked.alias}")
    assert loaded.model.version == scorer.model.version
    pd.testing.assert_frame_equal(loaded.score(day), scorer.score(day))


def test_no_pickle_is_stored(tracked: Tracked) -> None:
    stored = Path(mlflow.artifacts.download_artifacts("models:/shiprisk@champion"))
    assert not [path for path in stored.rglob("*") if path.suffix in (".pkl", ".pickle", ".joblib")]


# Run where neither an installed nor an editable shiprisk can be found: -S reads no .pth files.
ELSEWHERE = """
import importlib.util, sys
sys.path.append(sys.argv[1])
assert importlib.util.find_spec("shiprisk") is None, "shiprisk is installed here"
import mlflow, pandas as pd
mlflow.set_tracking_uri(sys.argv[2])
model = mlflow.pyfunc.load_model("models:/shiprisk@champion")
model.predict(pd.read_parquet(sys.argv[3])).to_parquet(sys.argv[4])
"""


def predicted_elsewhere(frame: pd.DataFrame, store: str, directory: Path) -> pd.DataFrame:
    asked, answered = directory / "asked.parquet", directory / "answered.parquet"
    frame.to_parquet(asked)
    places = [sysconfig.get_path("purelib"), store, str(asked), str(answered)]
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", ELSEWHERE, *places], check=True, cwd=directory
    )
    return pd.read_parquet(answered)


def test_mlflow_predicts_the_same_where_the_package_is_not_installed(
    tracked: Tracked, store: str, scorer: Scorer, day: pd.DataFrame, tmp_path: Path
) -> None:
    answered = predicted_elsewhere(day, store, tmp_path)
    wanted = scorer.score(day).reset_index(drop=True)
    np.testing.assert_array_equal(answered["risk"], wanted["risk"])
    same = ["declaration_id", "item_number", "lane", "model_version", "base"]
    pd.testing.assert_frame_equal(answered[same], wanted[same], check_dtype=False)
    for name in NESTED:
        assert [json.loads(text) for text in answered[name]] == wanted[name].tolist()


def test_mlflow_answers_every_row_and_tells_the_faults_of_rejected_ones(
    tracked: Tracked, day: pd.DataFrame
) -> None:
    model = mlflow.pyfunc.load_model("models:/shiprisk@champion")
    broken = day.head(3).copy()
    broken["net_mass_kg"] = [1.0, -2.0, 3.0]
    answered = model.predict(broken)
    assert answered["lane"].tolist()[1] == "rejected"
    assert np.isnan(answered["risk"][1])
    assert "net_mass_kg" in answered["missing"][1]
    assert answered["risk"].notna().tolist() == [True, False, True]


def test_mlflow_asks_for_required_columns_only(tracked: Tracked, day: pd.DataFrame) -> None:
    model = mlflow.pyfunc.load_model("models:/shiprisk@champion")
    least = ["declaration_id", "item_number", "declared_on", "direction", "trader_id", "hs_code"]
    assert model.predict(day[least].head(2))["risk"].between(0, 1).all()
