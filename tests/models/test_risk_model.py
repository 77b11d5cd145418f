"""A trained model: additivity, agreement with shap, directions, files, refusals."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shap

from shiprisk.features import SIGNALS
from shiprisk.models import ModelError, RiskModel, rescaled
from shiprisk.training import Trained


@pytest.fixture(scope="module")
def model(trained: Trained) -> RiskModel:
    return trained.model


@pytest.fixture(scope="module")
def matrix(trained: Trained) -> np.ndarray:
    return trained.evaluation.inspected.matrix[:300]


def test_contributions_and_base_sum_to_the_raw_score(model: RiskModel, matrix: np.ndarray) -> None:
    contributions = model.contributions(matrix)
    assert contributions.shape == (len(matrix), len(model.signals) + 1)
    np.testing.assert_allclose(contributions.sum(axis=1), model.raw(matrix), atol=1e-9)
    np.testing.assert_allclose(model.risk(matrix), 1 / (1 + np.exp(-model.raw(matrix))))


@pytest.mark.filterwarnings("ignore:LightGBM binary classifier")
def test_contributions_are_those_of_shap(model: RiskModel, matrix: np.ndarray) -> None:
    referee = shap.TreeExplainer(model.booster)
    np.testing.assert_allclose(
        model.contributions(matrix)[:, :-1], referee.shap_values(matrix), atol=1e-9
    )


def test_risk_never_moves_against_a_declared_direction(
    model: RiskModel, matrix: np.ndarray
) -> None:
    for at, signal in enumerate(model.declared_signals):
        known = matrix[~np.isnan(matrix[:, at])]
        if not signal.direction or not len(known):
            continue
        raised = known.copy()
        raised[:, at] += np.abs(raised[:, at]) + 1
        change = (model.raw(raised) - model.raw(known)) * signal.direction
        assert change.min() >= -1e-12, signal.name


def test_taking_a_signal_away_moves_only_through_it(model: RiskModel, matrix: np.ndarray) -> None:
    _, without = model.risks(matrix)
    sensitive = model.sensitive_columns
    assert len(sensitive) == sum(signal.sensitive for signal in SIGNALS)
    blind = np.isnan(matrix[:, sensitive]).all(axis=1)
    np.testing.assert_array_equal(without[blind], model.risk(matrix)[blind])
    assert np.isnan(matrix[:, sensitive]).mean() < 1, "the matrix itself is left as it was"


def test_a_saved_model_answers_alike_and_saves_the_same_bytes(
    model: RiskModel, matrix: np.ndarray, tmp_path: Path
) -> None:
    model.save(tmp_path / "one")
    loaded = RiskModel.load(tmp_path / "one")
    np.testing.assert_array_equal(loaded.raw(matrix), model.raw(matrix))
    assert loaded.version == model.version
    loaded.save(tmp_path / "two")
    for name in ("booster.txt", "model.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_another_model_has_another_version(model: RiskModel) -> None:
    assert replace(model, booster=rescaled(model.booster, 1.01, 0)).version != model.version


@pytest.mark.parametrize(
    ("trained_on", "message"),
    [
        ({"owner_star_sign": "0123456789abcdef"}, "unknown here: owner_star_sign"),
        ({"firm_age_days": "0123456789abcdef"}, "differently here: firm_age_days"),
    ],
)
def test_a_model_of_other_signals_is_refused_by_name(
    model: RiskModel, tmp_path: Path, trained_on: dict[str, str], message: str
) -> None:
    model.save(tmp_path)
    described = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    described["signals"] |= trained_on
    (tmp_path / "model.json").write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        RiskModel.load(tmp_path)


@pytest.mark.parametrize("broken", ["booster.txt", "model.json"])
def test_broken_files_are_a_clear_error(model: RiskModel, tmp_path: Path, broken: str) -> None:
    model.save(tmp_path)
    (tmp_path / broken).write_text("not this", encoding="utf-8")
    with pytest.raises(ModelError, match="no readable model"):
        RiskModel.load(tmp_path)


def test_rescaling_scales_scores_and_contributions(model: RiskModel, matrix: np.ndarray) -> None:
    scaled = rescaled(model.booster, 0.5, -1.0)
    raw = scaled.predict(matrix, raw_score=True)
    np.testing.assert_allclose(raw, 0.5 * model.raw(matrix) - 1, atol=1e-9)
    contributions = scaled.predict(matrix, pred_contrib=True)
    np.testing.assert_allclose(
        contributions[:, :-1], 0.5 * model.contributions(matrix)[:, :-1], atol=1e-9
    )
    np.testing.assert_allclose(contributions.sum(axis=1), raw, atol=1e-9)


def test_rescaling_that_would_turn_the_order_is_refused(model: RiskModel) -> None:
    with pytest.raises(ValueError, match="slope > 0"):
        rescaled(model.booster, -1.0, 0.0)
