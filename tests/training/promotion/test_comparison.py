"""Two stored models on the same later records, each asked by its own code in its own process."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mlflow
import numpy as np
import pytest

from shiprisk.features import Records, signals_of
from shiprisk.training import (
    Comparison,
    ComparisonError,
    Registry,
    RegistryError,
    Sides,
    Trained,
    compare,
    keep_comparison,
    track,
    verdicts,
)
from shiprisk.training.promotion.answers import Stored, answers


@pytest.fixture(scope="module")
def store(
    two_trained: tuple[Trained, Trained], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Registry]:
    before = mlflow.get_tracking_uri()
    uri = f"sqlite:///{tmp_path_factory.mktemp('two') / 'mlflow.db'}"
    for trained in two_trained:
        track(trained, uri, ["simulated"])
    yield Registry.at(uri)
    mlflow.set_tracking_uri(before)


@pytest.fixture(scope="module")
def found(store: Registry, records: Records) -> Comparison:
    return compare(store, Sides.of(store), records)


@pytest.fixture(scope="module")
def tables(found: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What each version is asked, of twenty shipments only."""
    directory = tmp_path_factory.mktemp("tables")
    replace(found.judged, rows=found.judged.rows.head(20)).write(directory)
    return directory


def test_both_answer_as_they_would_here_with_the_same_past(
    found: Comparison, two_trained: tuple[Trained, Trained]
) -> None:
    judged = found.judged
    history = judged.past.history_frozen_at(judged.since)
    for trained, answered in zip(two_trained, (found.champion, found.challenger), strict=True):
        matrix = signals_of(judged.rows, history, trained.model.signals)
        np.testing.assert_array_equal(answered.risk, trained.model.risk(matrix))
        assert answered.model_version == trained.model.version
        assert answered.explained >= 200
        assert max(answered.off_sum, answered.off_referee) < 1e-9
    assert (found.champion.risk != found.challenger.risk).any()


def test_only_what_came_after_both_models_is_judged(
    found: Comparison, two_trained: tuple[Trained, Trained]
) -> None:
    for trained in two_trained:
        assert found.judged.days.min() > np.datetime64(trained.model.about["last_day"])
        assert found.judged.days.min() > np.datetime64(trained.model.about["known_through"])
    assert found.judged.too_early > 0


def test_the_groups_are_those_that_could_be_let_down(found: Comparison) -> None:
    names = set(found.groups.index)
    assert {"traders never seen", "goods not listed", "from no hub"} <= names
    assert any(name.startswith("goods of tier") for name in names)
    assert any(name.startswith("from hub") for name in names)
    assert set(found.owner.index) <= {"of concern", "other", "unknown"}
    assert found.owner["shipments"].sum() == len(found.judged.rows)


def test_a_comparison_is_kept_with_all_its_figures(found: Comparison, store: Registry) -> None:
    said = verdicts(found)
    assert next(verdict for verdict in said if verdict.gate == "owner nationality").passed
    run = store.client.get_run(keep_comparison(store, found, said, "ana"))
    assert run.info.status == "FINISHED"
    assert (run.data.tags["champion"], run.data.tags["challenger"]) == ("1", "2")
    row = found.overall.loc["precision_at_5"]
    for column in ("champion", "challenger", "difference", "low", "high"):
        assert run.data.metrics[f"precision_at_5.{column}"] == row[column]
    kept = {item.path for item in store.client.list_artifacts(run.info.run_id)}
    assert kept == {"comparison.md", "comparison.json", "top.png"}


@pytest.fixture
def other(store: Registry, tmp_path: Path) -> Stored:
    """The champion as it is stored, copied so that it can be changed."""
    stored = Stored.of("1", store.client.tracking_uri, tmp_path)
    root = stored.code.parent
    shutil.copytree(root, tmp_path / "other")
    place = tmp_path / "other"
    return replace(
        stored, directory=place / stored.directory.relative_to(root), code=place / "code"
    )


def test_a_version_is_asked_with_the_code_that_was_stored_with_it(
    other: Stored, tables: Path, found: Comparison
) -> None:
    file = other.code / "shiprisk" / "models" / "risk_model.py"
    told = file.read_text(encoding="utf-8")
    changed = told.replace("return 1 / (1 + np.exp(", "return 1 / (2 + np.exp(")
    assert changed != told
    file.write_text(changed, encoding="utf-8")
    here = found.champion.risk[:20]
    np.testing.assert_allclose(answers(other, tables).risk, 1 / (1 + 1 / here), rtol=1e-12)


def test_a_version_whose_signals_its_code_does_not_compute_is_refused_with_the_reason(
    other: Stored, tables: Path
) -> None:
    file = other.directory / "model.json"
    told = file.read_text(encoding="utf-8").replace('"firm_age_days": "', '"firm_age_days": "0')
    file.write_text(told, encoding="utf-8")
    with pytest.raises(ComparisonError, match=r"version 1.*computed differently.*firm_age_days"):
        answers(other, tables)


def test_a_version_stored_before_it_could_be_asked_is_refused(other: Stored, tables: Path) -> None:
    (other.code / "shiprisk" / "serving" / "apart.py").unlink()
    with pytest.raises(ComparisonError, match="version 1 was stored without shiprisk/serving"):
        answers(other, tables)


def test_sides_that_do_not_exist_are_refused(store: Registry) -> None:
    with pytest.raises(RegistryError, match="version 1 is the champion itself"):
        Sides.of(store, "1")
    with pytest.raises(RegistryError, match="there is no version 7"):
        Sides.of(store, "7")
