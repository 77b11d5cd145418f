"""Shares of weighted samples: exact for equal weights, honest about what was not found."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from shiprisk.training.evaluation.shares import Weighted, kish, part_and_whole


def sample(found: int, rows: int, weights: float | np.ndarray = 1.0) -> Weighted:
    hits = np.zeros(rows)
    hits[:found] = 1
    return Weighted(hits, np.full(rows, 1.0) * weights, np.arange(rows))


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(1, 200), st.floats(0.1, 1000))
def test_equal_weights_give_the_exact_interval(found: int, more: int, weight: float) -> None:
    rows = found + more
    share = sample(found, rows, weight).share()
    assert share.figure == pytest.approx(found / rows)
    low = beta.ppf(0.025, found, rows - found + 1) if found else 0
    assert share.low == pytest.approx(low, rel=1e-6, abs=1e-12)
    assert share.high == pytest.approx(beta.ppf(0.975, found + 1, rows - found), rel=1e-6)


@settings(deadline=None)
@given(st.data())
def test_the_interval_holds_the_estimate_and_stays_between_0_and_1(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 60))
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    hits = (rng.random(rows) < rng.random()).astype(float)
    share = Weighted(hits, rng.exponential(size=rows) + 0.01, rng.integers(0, rows, rows)).share()
    assert 0 <= share.low <= share.figure + 1e-9
    assert share.figure - 1e-9 <= share.high <= 1


def test_without_rows_nothing_is_known() -> None:
    share = sample(0, 0).share()
    assert np.isnan(share.figure)
    assert (share.low, share.high, share.rows) == (0, 1, 0)


def test_items_of_one_declaration_say_less_than_as_many_declarations() -> None:
    hits = np.tile([1.0] * 5 + [0.0] * 45, 4)
    apart = Weighted(hits, np.ones(200), np.arange(200)).share()
    together = Weighted(hits, np.ones(200), np.arange(200) // 5).share()
    assert together.half_width > 1.5 * apart.half_width


def test_a_finding_of_small_weight_does_not_hide_what_heavy_rows_may_hold() -> None:
    weights = np.array([1.0] * 50 + [100.0] * 30)
    share = sample(5, 80, weights).share()
    assert share.figure < 0.002
    assert share.high > 3 / 40, "thirty heavy rows without a finding: the rule of three"


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.3])
def test_intervals_hold_the_truth_as_often_as_they_say(rate: float) -> None:
    rng = np.random.default_rng(3)
    chance = np.where(rng.random(400) < 0.5, 0.5, 0.05)
    held = 0
    for _ in range(300):
        chosen = rng.random(400) < chance
        hits = (rng.random(400) < rate)[chosen].astype(float)
        share = Weighted(hits, 1 / chance[chosen], np.arange(chosen.sum())).share()
        held += share.low <= rate <= share.high
    assert held / 300 >= 0.93


def test_part_and_whole_follow_from_their_shares() -> None:
    whole, inside = part_and_whole(sample(20, 40), sample(10, 1000), 0.05)
    assert whole.figure == pytest.approx(0.05 * 0.5 + 0.95 * 0.01)
    assert inside.figure == pytest.approx(0.025 / whole.figure)
    for share in (whole, inside):
        assert share.low < share.figure < share.high
    assert (whole.found, inside.found, whole.rows) == (30, 20, 1040)


def test_nothing_found_outside_is_not_proof_that_all_lies_inside() -> None:
    few, many = (part_and_whole(sample(20, 40), sample(0, rows), 0.05)[1] for rows in (50, 5000))
    assert few.figure == many.figure == 1
    assert few.low < 0.5 < many.low < 1


def test_effective_rows_are_fewer_where_weights_differ() -> None:
    assert kish(np.ones(7)) == pytest.approx(7)
    assert kish(np.array([1.0, 1.0, 10.0])) < 2
    assert kish(np.ones(0)) == 0
