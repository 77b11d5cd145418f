"""Each gate lets through what it should, and refuses what it is there for."""

from dataclasses import replace

import numpy as np
import pytest

from shiprisk.training import Comparison, Sides, Verdict, verdicts
from shiprisk.training.promotion.comparison import measured
from shiprisk.training.promotion.gates import GATES, Limits
from tests.training.promotion.synthetic import answered, blurred, comparison, judged, true_risks


def said(found: Comparison, limits: Limits | None = None) -> dict[str, Verdict]:
    return {verdict.gate: verdict for verdict in verdicts(found, limits)}


def refusing(found: Comparison, limits: Limits | None = None) -> set[str]:
    return {name for name, verdict in said(found, limits).items() if not verdict.passed}


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    return true_risks(judged().rows)


@pytest.fixture(scope="module")
def worse() -> np.ndarray:
    return blurred(judged().rows, 0.5)


def test_a_better_model_passes_every_gate(truth: np.ndarray, worse: np.ndarray) -> None:
    found = comparison(answered(worse), answered(truth))
    assert set(said(found)) == {gate.name for gate in GATES}
    assert refusing(found) == set()
    assert found.overall.loc["precision_at_5", "low"] > 0


def test_the_same_model_passes(truth: np.ndarray) -> None:
    found = comparison(answered(truth), answered(truth))
    assert refusing(found) == set()
    assert (found.overall[["difference", "low", "high"]] == 0).all(axis=None)


def test_a_worse_ranking_is_refused_at_capacity_with_its_figures(
    truth: np.ndarray, worse: np.ndarray
) -> None:
    found = comparison(answered(truth), answered(worse))
    verdict = said(found)["capacity"]
    assert not verdict.passed
    row = found.overall.loc["precision_at_5"]
    assert f"precision at 5 {row['challenger']:.3f} against {row['champion']:.3f}" in verdict.told


def test_risks_that_do_not_come_true_are_refused(truth: np.ndarray) -> None:
    doubled = truth * 2  # in the same order
    assert refusing(comparison(answered(truth), answered(doubled))) == {"calibration"}


def test_risks_of_all_shipments_are_not_held_against_suspicious_ones_alone() -> None:
    everything = judged()
    chance = np.random.default_rng(7)
    suspicious = chance.random(len(everything.rows)) < 0.3 + 0.6 * everything.labels
    drawn = suspicious | (chance.random(len(suspicious)) < 0.2)
    how = everything.rows.assign(
        selected_by=np.where(suspicious, "model", "random"),
        selection_probability=np.where(suspicious, 1.0, 0.2),
    )
    some = replace(everything, rows=how[drawn])
    unrecorded = replace(some, rows=some.rows.assign(selection_probability=np.nan, selected_by=""))
    true = answered(true_risks(some.rows))
    assert some.labels.mean() - true.risk.mean() > 0.05
    of_all, of_inspected = (
        measured(Sides("1", "2"), rows, true, true, owner_reported=True)
        for rows in (some, unrecorded)
    )
    assert refusing(of_all) == set()
    assert refusing(of_inspected) == {"calibration"}
    doubled = answered(true.risk * 2)
    found = measured(Sides("1", "2"), some, true, doubled, owner_reported=True)
    assert refusing(found) == {"calibration"}


def test_true_risks_are_not_refused_for_what_chance_does(truth: np.ndarray) -> None:
    found = comparison(answered(truth), answered(truth))
    strict = Limits(calibration_error=0.0)
    assert "calibration" not in refusing(found, strict)
    assert 0 < found.calibration_by_chance < 0.05


def test_a_group_that_is_let_down_is_named(truth: np.ndarray) -> None:
    rows = judged().rows
    through_hub = (rows["country_of_dispatch"] == "TR").to_numpy()
    mean = truth[through_hub].mean()
    blind = np.where(through_hub, mean + 1e-6 * np.arange(len(rows)), truth)
    verdict = said(comparison(answered(truth), answered(blind)))["groups"]
    assert not verdict.passed
    assert "from hub TR" in verdict.told
    assert "from no hub" not in verdict.told


def test_without_a_report_on_owner_nationality_nothing_passes(truth: np.ndarray) -> None:
    found = comparison(answered(truth), answered(truth), owner_reported=False)
    assert refusing(found) == {"owner nationality"}


def test_a_lane_reached_on_owner_nationality_alone_is_refused(truth: np.ndarray) -> None:
    challenger = answered(truth)
    red = int(np.argmax(truth))
    without = truth.copy()
    without[red] = challenger.red - 0.01
    found = comparison(answered(truth), replace(challenger, without=without))
    assert refusing(found) == {"owner nationality"}
    assert "1 shipments reach a lane on it alone" in said(found)["owner nationality"].told


def test_explanations_that_are_not_exact_are_refused(truth: np.ndarray) -> None:
    found = comparison(answered(truth), answered(truth, off=1e-4))
    assert refusing(found) == {"explanations"}


def test_too_few_outcomes_are_refused_with_their_number(truth: np.ndarray) -> None:
    found = comparison(answered(truth), answered(truth))
    violations = int(found.judged.labels.sum())
    assert refusing(found, Limits(least_violations=violations + 1)) == {"enough outcomes"}
    assert f"{violations} violations" in said(found)["enough outcomes"].told
    assert refusing(found, Limits(least_days=len(np.unique(found.judged.days)) + 1)) == {
        "enough outcomes"
    }
