"""Metrics at capacity: what must hold for any ranking."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiprisk.training.metrics import CAPACITIES, calibration_error, evaluated, top


def case(labels: list[bool], seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    count = len(labels)
    days = np.datetime64("2024-01-01") + np.sort(generator.integers(0, 5, count))
    return np.array(labels, float), generator.random(count), days, generator.random(count) * 1e5


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=300), st.integers(0, 9))
def test_metrics_are_shares_and_no_ranking_beats_the_oracle(labels: list[bool], seed: int) -> None:
    truth, risk, days, value = case(labels, seed)
    mine, best = evaluated(truth, risk, days, value), evaluated(truth, truth, days, value)
    for share in CAPACITIES:
        at = f"at_{share * 100:g}"
        for name in ("precision", "recall", "value", "daily_precision", "of_oracle"):
            assert 0 <= mine[f"{name}_{at}"] <= 1 + 1e-9
        assert mine[f"precision_{at}"] <= best[f"precision_{at}"]
        assert mine[f"recall_{at}"] <= best[f"recall_{at}"]
        if truth.any():
            assert best[f"of_oracle_{at}"] == pytest.approx(1)


def test_at_capacity_the_riskiest_are_taken() -> None:
    truth = np.zeros(100)
    truth[:4] = 1
    risk = np.linspace(1, 0, 100)
    days = np.full(100, np.datetime64("2024-01-01"))
    found = evaluated(truth, risk, days, np.ones(100))
    assert found["precision_at_1"] == found["precision_at_2"] == 1
    assert found["precision_at_5"] == pytest.approx(0.8)
    assert found["recall_at_2"] == pytest.approx(0.5)
    assert found["daily_precision_at_5"] == pytest.approx(0.8)


def test_a_day_takes_its_own_top() -> None:
    days = np.repeat(np.array(["2024-01-01", "2024-01-02"], dtype="datetime64[D]"), 100)
    truth, risk = (
        np.zeros(200),
        np.concatenate([np.linspace(0.9, 0.5, 100), np.linspace(0.4, 0, 100)]),
    )
    truth[100] = 1  # the riskiest of the second day, far from the top of both
    found = evaluated(truth, risk, days, np.ones(200))
    assert found["precision_at_1"] == 0
    assert found["daily_precision_at_1"] == pytest.approx(0.5)


def test_calibration_error_is_the_gap_between_risk_and_rate() -> None:
    labels = np.tile([0.0, 1.0], 500)
    assert calibration_error(labels, np.full(1000, 0.5)) == pytest.approx(0)
    assert calibration_error(labels, np.full(1000, 0.8)) == pytest.approx(0.3)


def test_ties_keep_their_order() -> None:
    assert top(np.zeros(50), 0.1).tolist() == [0, 1, 2, 3, 4]
