"""The study's own drawing of inspections: its chances are what they say."""

from dataclasses import replace

import numpy as np
import pytest

from shiprisk.training import Trained
from shiprisk.training.coverage import DESIGNS, Design, Judgement, redrawn, redraws_text, selected


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
