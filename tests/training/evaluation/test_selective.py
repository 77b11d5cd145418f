"""Estimates for all shipments, and when the random part is too small for them."""

from dataclasses import replace

import numpy as np
import pytest

from shiprisk.training.evaluation import Trial
from shiprisk.training.evaluation.selective import in_top, needed, selective

from .conftest import Made

START = np.datetime64("2024-06-01")


def trial_of(made: Made, inspected: int, by: str = "random", rate: float = 0.02) -> Trial:
    """Shipments of which the riskiest are violations; the first so many are inspected."""
    rng = np.random.default_rng(0)
    risk = rng.random(20_000)
    violation = risk > 1 - rate
    everyone = made(risk, violation=violation, selected_by=by)
    part = made(risk[:inspected], violation=violation[:inspected], selected_by=by)
    return Trial(part, everyone, len(risk), (START,))


def test_a_large_random_part_tells_what_holds_for_all(made: Made) -> None:
    told = selective(trial_of(made, 8000), 10)
    assert told.too_small == ()
    shares = told.random.shares
    for name, truth in (("violation_rate", 0.02), ("precision_at_1", 1), ("precision_at_5", 0.4),
                        ("recall_at_1", 0.5), ("recall_at_5", 1)):  # fmt: skip
        assert shares[name].low - 1e-9 <= truth <= shares[name].high + 1e-9, name
        assert shares[name].figure == pytest.approx(truth, abs=0.07), name
    assert shares["precision_by_value_at_5"].high < 0.05


def test_a_small_random_part_is_said_to_be_too_small_and_how_many_are_needed(made: Made) -> None:
    told = selective(trial_of(made, 100), 10)
    assert len(told.too_small) == 2
    assert "100 inspections" in told.too_small[0]
    assert "are needed" in told.too_small[0]


def test_without_random_inspections_nothing_is_said_of_all(made: Made) -> None:
    told = selective(trial_of(made, 500, by="tip"), 10)
    assert "No inspection is marked as random" in told.too_small[0]
    assert np.isnan(told.random.shares["violation_rate"].figure)
    assert told.random.rows == 0


@pytest.mark.parametrize("rate", [0.005, 0.02, 0.2])
def test_as_many_as_are_needed_show_a_rate_to_half_of_it(rate: float) -> None:
    half = 1.96 * np.sqrt(rate * (1 - rate) / needed(rate))
    assert half == pytest.approx(rate / 2, rel=0.01)


def test_the_top_is_taken_of_all_shipments_of_each_fold(made: Made) -> None:
    everyone = made(np.concatenate([np.linspace(0, 0.1, 100), np.linspace(0.5, 1, 100)]))
    everyone.fold[100:] = 1
    inspected = made(np.array([0.1, 0.05, 0.7, 1.0]))
    inspected.fold[2:] = 1
    trial = Trial(inspected, everyone, 200, (START, START))
    assert in_top(trial, "risk", 0.05).tolist() == [True, False, False, True]


def test_selection_by_suspicion_is_undone_by_its_probabilities(made: Made) -> None:
    trial = trial_of(made, 20_000)
    everyone = trial.everyone
    chance = np.where(everyone.risk > 0.9, 0.6, 0.05)
    chosen = np.random.default_rng(1).random(len(chance)) < chance
    rows = everyone.records[chosen].assign(
        selected_by="model", selection_probability=chance[chosen]
    )
    parts = {name: getattr(everyone, name)[chosen]
             for name in ("matrix", "risk", "without", "before", "fold")}  # fmt: skip
    inspected = replace(everyone, records=rows.reset_index(drop=True), **parts)
    assert inspected.labels.mean() > 0.06
    told = selective(replace(trial, inspected=inspected), 10)
    share = told.clipped.shares["violation_rate"]
    assert share.low < 0.02 < share.high
    assert share.figure == pytest.approx(0.02, abs=0.004)
