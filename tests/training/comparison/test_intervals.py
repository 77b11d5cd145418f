"""Intervals: drawn by trader, the same each time, and narrow where nothing can move."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.training.comparison.intervals import intervals, weighted_precision
from shiprisk.training.comparison.scoring import Scored
from shiprisk.training.metrics import top


@pytest.fixture
def scored() -> Scored:
    """4,000 shipments of 200 traders; a trader diverts all or nothing; one selector knows."""
    rng = np.random.default_rng(3)
    trader = rng.integers(0, 200, 4000)
    diverted = (trader < 6).astype(float)
    ranks = {"knows": diverted + rng.random(4000) / 2, "chance": rng.random(4000)}
    rows = {"trader": trader, "diverted": diverted}
    return Scored(pd.DataFrame(rows), pd.DataFrame(ranks), ())


def test_a_difference_is_established_only_where_there_is_one(scored: Scored) -> None:
    pairs = [("knows", "chance"), ("chance", "chance")]
    found = intervals(scored, ["knows", "chance"], pairs)
    assert (found["low"] <= found["figure"]).all()
    assert (found["figure"] <= found["high"]).all()
    assert found["low"]["knows − chance", "precision @1%"] > 0.5
    assert (found.loc[[("chance − chance", "precision @5%")]] == 0).all(axis=None)


def test_intervals_are_the_same_each_time(scored: Scored) -> None:
    again = intervals(scored, ["chance"])
    pd.testing.assert_frame_equal(intervals(scored, ["chance"]), again)


def test_shipments_of_one_trader_move_together(scored: Scored) -> None:
    """As if each shipment had its own trader, the interval would be far too narrow."""
    alone = scored.rows.assign(trader=np.arange(len(scored.rows)))

    def width(rows: pd.DataFrame) -> float:
        found = intervals(Scored(rows, scored.ranks, ()), ["knows"])
        return float((found["high"] - found["low"])["knows", "precision @5%"])

    assert width(scored.rows) > 2 * width(alone)


def test_a_weight_is_as_good_as_repeating_the_row() -> None:
    rng = np.random.default_rng(0)
    labels, weights = (rng.random(500) < 0.3).astype(float), rng.integers(0, 4, 500)
    repeated = np.repeat(labels, weights)
    for share in (0.01, 0.05, 0.1):
        rows = int(np.ceil(len(repeated) * share))
        slack = weights.max() / rows
        got = weighted_precision(labels, weights.astype(float), share)
        assert got == pytest.approx(repeated[:rows].mean(), abs=slack)
    ones = np.ones(500)
    downwards = -np.arange(500.0)
    expected = labels[top(downwards, 0.1)].mean()
    assert weighted_precision(labels, ones, 0.1) == expected
