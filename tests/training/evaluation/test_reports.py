"""Calibration, owners, truth: what is said of a model, and what scoring rules out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiprisk.models import Lanes
from shiprisk.training import Trained
from shiprisk.training.evaluation import Trial, as_document, tracked_figures
from shiprisk.training.evaluation.calibration import calibrated
from shiprisk.training.evaluation.owner_report import owner_report
from shiprisk.training.evaluation.truth import against_truth

from .conftest import Made

START = np.datetime64("2024-06-01")


def test_risks_that_are_right_are_within_what_chance_does() -> None:
    rng = np.random.default_rng(5)
    risk = rng.beta(1, 20, 3000)
    right = calibrated((rng.random(3000) < risk).astype(float), risk)
    assert right.error <= right.by_chance_high
    wrong = calibrated((rng.random(3000) < risk / 3).astype(float), risk)
    assert wrong.error > wrong.by_chance_high
    assert wrong.said > 2 * wrong.found


def test_few_shipments_let_chance_do_much() -> None:
    few, many = (calibrated(np.zeros(count), np.full(count, 0.05)) for count in (50, 5000))
    assert few.by_chance > 3 * many.by_chance


@pytest.fixture(scope="module")
def owned(trained: Trained, made: Made) -> Trial:
    """Shipments for which nationality raises some risks over a line, and lowers others."""
    count = 600
    rng = np.random.default_rng(2)
    judged = made(rng.random(count), rng.random(count), violation=rng.random(count) < 0.3)
    matrix = np.zeros((count, len(trained.model.signals)))
    at = trained.model.signals.index("owned_from_concern_share")
    matrix[:, at] = np.resize([0.0, 0.5, np.nan], count)
    everyone = type(judged)(judged.records, matrix, judged.risk, judged.without, judged.risk,
                            judged.fold)  # fmt: skip
    return Trial(everyone, everyone, count, (START,))


def test_owners_are_reported_by_group_and_none_is_selected_for_nationality(
    trained: Trained, owned: Trial
) -> None:
    report = owner_report(trained.model, owned)
    assert report is not None
    assert list(report.groups) == ["of_concern", "other", "unknown"]
    assert [of.shipments for of in report.groups.values()] == [200, 200, 200]
    assert report.kept_out > 0, "there are shipments that nationality alone would have selected"
    assert report.by_nationality_alone == 0
    for of in report.groups.values():
        assert of.selected <= of.selected_untold
        assert of.violations.low < 0.3 < of.violations.high


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_no_lane_is_reached_by_nationality_alone(
    risks: list[tuple[float, float]], one: float, other: float
) -> None:
    lanes = Lanes(red=max(one, other), yellow=min(one, other))
    risk, without = np.array(risks).T
    strict = {"green": 0, "yellow": 1, "red": 2}
    given_, untold = (
        np.array([strict[lane] for lane in lanes.of(*pair)])
        for pair in ((risk, without), (without, without))
    )
    assert (given_ <= untold).all()


def test_the_truth_is_told_by_typology(made: Made) -> None:
    judged = made(np.linspace(1, 0, 100))
    diverted = np.zeros(100, dtype=bool)
    diverted[[0, 1, 50]] = True
    truth = judged.records[["declaration_id", "item_number"]].assign(
        diverted=diverted, typology=np.where(np.arange(100) == 50, "T10", "T2")
    )
    told = against_truth(judged, truth)
    assert list(told.recall) == ["T2", "T10"]
    assert told.recall["T2"]["recall_at_2"] == 1
    assert told.recall["T10"]["recall_at_10"] == 0
    assert told.model["recall_at_2"] == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="says nothing of 1 declarations"):
        against_truth(judged, truth.head(99))


def test_everything_is_told_as_plain_figures(trained: Trained) -> None:
    evaluation = trained.evaluation
    figures = tracked_figures(evaluation)
    assert all(np.isfinite(value) for value in figures.values())
    assert figures["mean.precision_at_5"] == pytest.approx(
        np.mean([fold["precision_at_5"] for fold in evaluation.folds])
    )
    document = as_document(evaluation)
    assert set(document) > {"groups", "folds", "selective", "owners", "outcomes"}
    assert document["groups"]["all"] == dict(evaluation.groups["all"])
    assert pd.notna(document["selective"]["random"]["rows"])
