"""Slope and offset of raw scores: of all shipments, and no bolder than the outcomes."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.training.evaluation.raw import slope_and_offset, standing_for_all


def inspected(by: list[str | None], chance: list[float]) -> pd.DataFrame:
    numbers = [f"D{number}" for number in range(len(by))]
    return pd.DataFrame(
        {"declaration_id": numbers, "selected_by": by, "selection_probability": chance}
    )


def outcomes(count: int, slope: float, offset: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    raw = rng.normal(-3, 1.5, count)
    return raw, (rng.random(count) < 1 / (1 + np.exp(-slope * raw - offset))).astype(float)


def test_many_outcomes_say_what_slope_and_offset_are() -> None:
    raw, labels = outcomes(40_000, 0.7, -0.6)
    found = slope_and_offset(raw, labels, np.ones(len(raw)))
    assert found == pytest.approx((0.7, -0.6), abs=0.1)


def test_few_outcomes_change_little_of_what_the_trees_say() -> None:
    raw, _ = outcomes(40, 1.0, 0.0)
    slope, offset = slope_and_offset(raw, np.zeros(40), np.ones(40))  # no violation yet
    assert np.hypot(slope - 1, offset) < 1
    nothing_known = slope_and_offset(raw, np.zeros(40), np.zeros(40))
    assert nothing_known == pytest.approx((1, 0))


def test_scores_that_order_nothing_keep_their_order() -> None:
    raw, labels = outcomes(20_000, -1.0, -5.0)
    slope, offset = slope_and_offset(raw, labels, np.ones(len(raw)))
    assert slope == pytest.approx(0.05)
    said = 1 / (1 + np.exp(-slope * raw - offset))
    assert said.mean() == pytest.approx(labels.mean(), rel=0.1)


def test_outcomes_of_suspicious_shipments_do_not_speak_for_all() -> None:
    rng = np.random.default_rng(1)
    count = 60_000
    raw, seen = rng.normal(-3, 1, count), rng.random(count) < 0.3
    labels = rng.random(count) < 1 / (1 + np.exp(-raw - 1.5 * seen + 1))
    chance = np.where(seen, 0.5, 0.02)  # an officer saw what the score does not know
    rows = rng.random(count) < chance
    frame = inspected(["rule"] * int(rows.sum()), chance[rows].tolist())
    weights = standing_for_all(frame, labels[rows].astype(float), 10)
    for used, nearer in ((weights, True), (np.ones(len(weights)), False)):
        slope, offset = slope_and_offset(raw[rows], labels[rows].astype(float), used)
        said = 1 / (1 + np.exp(-slope * raw - offset))
        assert (said.mean() == pytest.approx(labels.mean(), rel=0.15)) == nearer


def test_tips_stand_for_nothing_and_chances_count_by_their_inverse() -> None:
    frame = inspected(["rule"] * 30 + ["tip"] * 5, [0.5] * 15 + [0.25] * 15 + [0.001] * 5)
    weights = standing_for_all(frame, np.resize([1.0, 0.0, 0.0], 35), 10)
    assert (weights[30:] == 0).all()
    assert weights[15:30] == pytest.approx(2 * weights[0])


def test_all_count_alike_where_too_little_was_recorded() -> None:
    labels = np.resize([1.0, 0.0], 20)
    unknown = inspected([None] * 20, [np.nan] * 20)
    assert standing_for_all(unknown, labels, 10).tolist() == [1] * 20
    few = inspected(["random"] * 4 + ["rule"] * 16, [0.01] * 4 + [np.nan] * 16)
    assert standing_for_all(few, labels, 10).tolist() == [1] * 20
