"""A newer champion or history is taken up while the service answers; a bad one is refused."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
from mlflow import MlflowClient

from shiprisk.features import save_history
from shiprisk.models import ModelError
from shiprisk.serving import Origin, Scorer
from shiprisk.serving.http.metrics import Metrics
from shiprisk.serving.http.service import InUse, Service
from shiprisk.serving.http.watch import Watch
from shiprisk.training import CHAMPION, Past, Registry, Trained
from tests.factory import declaration, declarations
from tests.serving.http.asking import answer
from tests.serving.http.process import Asking, started


def changed(bundle: Path, directory: Path, edit: Callable[[dict], None]) -> Path:
    """A copy of a model and its history, with another description."""
    shutil.copytree(bundle, directory)
    described = json.loads((directory / "model.json").read_text(encoding="utf-8"))
    edit(described)
    (directory / "model.json").write_text(json.dumps(described), encoding="utf-8")
    return directory


@pytest.fixture
def newer(bundle: Path, tmp_path: Path) -> Path:
    """The model as if it had been trained another day: it scores the same under another version."""
    return changed(bundle, tmp_path / "newer", lambda told: told["about"].update(first_day="x"))


@pytest.fixture
def other_code(bundle: Path, tmp_path: Path) -> Path:
    """The model as if one of its signals had been computed by other code."""

    def edit(told: dict) -> None:
        told["signals"][next(iter(told["signals"]))] = "0123456789abcdef"

    return changed(bundle, tmp_path / "other_code", edit)


@pytest.fixture
def registry(
    empty_store: Path, bundle: Path, newer: Path, other_code: Path, tmp_path: Path
) -> Registry:
    """A real store: version 1 is champion, 2 a newer model, 3 one of other code."""
    store = f"sqlite:///{shutil.copy(empty_store, tmp_path)}"
    registry = Registry(MlflowClient(store, store))
    for directory in (bundle, newer, other_code):
        run = registry.client.create_run("0")
        registry.add(str(directory), run.info.run_id, None, {}, "")
    registry.point(CHAMPION, "1")
    return registry


def until(true: Callable[[], bool]) -> None:
    """Wait for what must come; the test's own time limit ends it otherwise."""
    while not true():
        time.sleep(0.05)


def test_a_champion_is_replaced_under_load_without_a_failed_request(
    registry: Registry, bundle: Path, newer: Path, tmp_path: Path
) -> None:
    store = f"sqlite:///{tmp_path / 'mlflow.db'}"
    words = ("--tracking-uri", store, "--watch-seconds", 0.2, "--records-per-second", 1e6)
    with started(tmp_path, *words) as process, httpx.Client(base_url=process.address) as client:
        asked = [declaration(), declaration(), declarations(20).to_dict("records")]
        clients = [Asking(process.address, one) for one in asked]
        for one in clients:
            one.start()

        def ready() -> dict:
            return answer(client.get("/readyz"))

        registry.point(CHAMPION, "3")
        until(lambda: ready()["refused"])
        assert "other signals" in ready()["refused"]
        assert ready()["origin"] == "models:/shiprisk/1"
        registry.point(CHAMPION, "2")
        until(lambda: ready()["origin"] == "models:/shiprisk/2")
        assert ready()["refused"] is None
        seen = [len(one.told) for one in clients]
        until(lambda: all(len(c.told) > n + 3 for c, n in zip(clients, seen, strict=True)))
        for one in clients:
            one.stop()
        counts = client.get("/metrics").text
    old, new = (Scorer.load(directory).model.version for directory in (bundle, newer))
    for one in clients:
        assert not one.failed
        versions = [answer(told)["scores"][0]["model_version"] for told in one.told]
        # First all of the old one, then all of the new one.
        assert versions == sorted(versions, key=[old, new].index)
        assert set(versions) == {old, new}
        scores = [[(s["risk"], s["reasons"]) for s in answer(t)["scores"]] for t in one.told]
        assert scores == [scores[0]] * len(scores)
    assert 'shiprisk_reloads_total{result="taken_up"} 1.0' in counts
    assert 'result="refused"' in counts
    assert f'model_version="{new}"' in counts
    assert f'model_version="{old}"' not in counts
    assert len(process.lines("taken_up")) == 1
    # Told once, however often it was tried.
    assert len(process.lines("refused")) == 1


@pytest.fixture
def watching(bundle: Path, trained: Trained, tmp_path: Path) -> Iterator[Watch]:
    """A watch over a directory and a link to a history that ends early; it looks when asked."""
    early = Past.before(trained.past, np.datetime64("2024-09-01"))
    save_history(early.history(), tmp_path / "early")
    (tmp_path / "history").symlink_to("early")
    (tmp_path / "model").symlink_to(bundle)
    origin = Origin(str(tmp_path / "model"), tmp_path / "history")
    found = origin.newest()
    yield Watch(Service(origin.load(found)), origin, Metrics(), found, seconds=1e9)


def point(link: Path, to: Path) -> None:
    """Let a link point elsewhere, in one step."""
    other = link.with_name("other")
    other.symlink_to(to)
    other.rename(link)


def test_a_newer_history_is_taken_up(watching: Watch, bundle: Path, tmp_path: Path) -> None:
    before = watching.service.in_use
    watching.look()
    assert watching.service.in_use is before
    point(tmp_path / "history", bundle / "history")
    watching.look()
    after = watching.service.in_use
    assert after.scorer.history.through > before.scorer.history.through
    record = declaration(declared_on="2025-01-01")
    assert before.scorer.score_one(record)["risk"] != after.scorer.score_one(record)["risk"]
    watching.look()
    assert watching.service.in_use is after


def test_a_model_in_the_place_of_another_is_taken_up(
    watching: Watch, newer: Path, tmp_path: Path
) -> None:
    point(tmp_path / "model", newer)
    watching.look()
    assert watching.service.in_use.scorer.model.version == Scorer.load(newer).model.version


@pytest.mark.parametrize("link", ["model", "history"])
def test_what_cannot_be_used_is_refused_until_it_is_mended(
    watching: Watch, bundle: Path, tmp_path: Path, link: str
) -> None:
    before = watching.service.in_use
    where = (tmp_path / link).resolve()
    (tmp_path / "nothing").mkdir()
    point(tmp_path / link, tmp_path / "nothing")
    watching.look()
    assert watching.service.in_use is before
    assert str(tmp_path) in watching.service.refused
    point(tmp_path / link, where)
    watching.look()
    assert watching.service.in_use is before
    assert not watching.service.refused


def test_a_model_that_gives_no_risk_is_refused(
    watching: Watch, scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(type(scorer.model)):  # type: ignore[misc]
        def risks(self, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            return np.full(len(matrix), np.nan), np.full(len(matrix), np.nan)

    told = vars(scorer.model)
    model = Broken(*(told[name] for name in ("booster", "signals", "lanes", "about", "reference")))
    with pytest.raises(ModelError, match="no risk from 0 to 1"):
        InUse.warmed(replace(scorer, model=model))


def test_a_registry_that_does_not_answer_changes_nothing(
    registry: Registry, tmp_path: Path
) -> None:
    origin = Origin("models:/shiprisk@champion", None, f"sqlite:///{tmp_path / 'mlflow.db'}")
    found = origin.newest()
    watch = Watch(Service(origin.load(found)), origin, Metrics(), found, seconds=1e9)
    before = watch.service.in_use
    registry.withdraw(CHAMPION, "1")
    watch.look()
    assert watch.service.in_use is before
    assert b'result="unreachable"} 1.0' in watch.metrics.text()
