"""The study's own drawing of inspections: its chances are what they say."""

from dataclasses import replace

import numpy as np
import pytest

from shiprisk.training import Trained
from shiprisk.training.coverage import (
    DESIGNS,
    Design,
    Judgement,
    calibrations_text,
    redrawn,
    redraws_text,
    selected,
)


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.name)
def test_recorded_chances_lead_back_to_all(design: Design) -> None:
    rng = np.random.default_rng(0)
    score = rng.beta(1, 30, 6000)
    declaration = np.arange(6000) // 2
    totals = []
    for seed in range(40):
        chosen = selected(design, score, declaration, np.random.default_rng(seed))
        by, chance = chosen["selected_by"], chosen["selection_probability"]
        assert (by.notna() == chance.notna()).all()
        assert by.groupby(declaration).nunique(dropna=False).max() == 1, "whole declarations"
        assert by.notna().mean() == pytest.approx(design.capacity, rel=0.25)
        sample = (by == "random") | (chance == 1)
        totals.append((1 / chance[sample]).sum())
    assert np.mean(totals) == pytest.approx(6000, rel=0.05)


def test_estimates_of_drawn_inspections_are_held_against_the_truth(trained: Trained) -> None:
    trial = trained.evaluation.trial
    findable = np.where(trial.everyone.risk > np.quantile(trial.everyone.risk, 0.95), 0.4, 0.01)
    new = np.zeros(len(findable), dtype=bool)
    judgement = Judgement(replace(trial), findable, new, trained.evaluation)
    drawn = redrawn(judgement, DESIGNS[1], 15, (np.inf,))
    assert set(drawn["estimator"]) == {"inspected as they are", "random part", "every route"}
    assert drawn.groupby(["estimator", "share"])["truth"].nunique().max() == 1
    weighed = drawn[(drawn["estimator"] == "every route") & (drawn["share"] == "violation_rate")]
    assert weighed["figure"].mean() == pytest.approx(findable.mean(), rel=0.3)
    assert ((weighed["low"] <= findable.mean()) & (findable.mean() <= weighed["high"])).mean() > 0.8
    text = redraws_text({"a design": drawn})
    assert "| a design | every route |" in text


def test_calibration_is_told_by_world_and_over_all(trained: Trained) -> None:
    trial = trained.evaluation.trial
    new = np.arange(len(trial.everyone.risk)) % 4 == 0
    right = Judgement(trial, trial.everyone.risk, new, trained.evaluation)
    high = Judgement(trial, trial.everyone.risk / 2, new, trained.evaluation)
    lines = calibrations_text([right, high]).splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
    assert [row[1] for row in cells] == ["all", "firms never seen"] * 3
    assert [row[0] for row in cells[-2:]] == ["**mean**"] * 2
    errors = [float(row[5]) for row in cells]
    assert errors[:2] == [0, 0]
    assert errors[2] == pytest.approx(trial.everyone.risk.mean() / 2, abs=1e-4)
    assert errors[-2] == pytest.approx(errors[2] / 2, abs=1e-4)
    assert float(cells[-2][7]) > 0
