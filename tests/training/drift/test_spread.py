"""Counts are held against how much they vary anyway."""

import numpy as np
import pytest

from shiprisk.training.drift.bins import Bins
from shiprisk.training.drift.spread import Spread, stability_index

SHARES = np.array([0.5, 0.3, 0.15, 0.05])


def stretches(random: np.random.Generator, again: int) -> np.ndarray:
    """Eight stretches and one more, in which each draw is repeated so many times."""
    return random.multinomial(2000 // again, SHARES, size=9) * again


@pytest.mark.parametrize("again", [1, 10])
def test_a_world_that_stays_as_it_was_alarms_as_seldom_as_said(again: int) -> None:
    random = np.random.default_rng(0)
    chances = []
    for _ in range(2000):
        counts = stretches(random, again)
        chances.append(Spread.of(counts[:8]).chance(counts[:8].sum(axis=0), counts[8]))
    # A ratio below 1 is not believed, so that the test errs on the quiet side.
    assert np.mean(np.array(chances) < 0.01) <= 0.017
    assert 0.03 < np.mean(np.array(chances) < 0.1) <= 0.115


def test_repeated_draws_taken_for_single_ones_would_alarm_all_the_time() -> None:
    random = np.random.default_rng(0)
    alone = Spread(1.0, 21)
    alarms = [
        alone.chance(counts[:8].sum(axis=0), counts[8]) < 0.01
        for counts in (stretches(random, 10) for _ in range(200))
    ]
    assert np.mean(alarms) > 0.5


def test_a_shift_is_found_and_the_larger_the_surer() -> None:
    random = np.random.default_rng(0)
    before = random.multinomial(2000, SHARES, size=8)
    spread = Spread.of(before)
    moved = [SHARES + step * np.array([-1, 1, 0, 0]) for step in (0.02, 0.05, 0.1)]
    chances = [spread.chance(before.sum(axis=0), 2000 * share) for share in moved]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] < 1e-6


def test_what_never_varied_and_now_does_is_found() -> None:
    before = np.tile([1000, 0], (8, 1))
    spread = Spread.of(before)
    assert spread.chance(before.sum(axis=0), np.array([700, 300])) < 1e-4
    assert spread.chance(before.sum(axis=0), np.array([1000, 0])) == 1


def test_the_index_is_nothing_for_equal_shares_and_grows_with_the_shift() -> None:
    before = 1000 * SHARES
    shifts = [before + step * np.array([-1, 1, 0, 0]) for step in (0, 50, 200)]
    found = [stability_index(before, now) for now in shifts]
    assert found[0] == pytest.approx(0, abs=1e-12)
    assert found == sorted(found)


def test_every_value_has_one_bin_and_missing_ones_their_own() -> None:
    values = np.array([0.0] * 97 + [1.0, 2.0, np.nan])
    bins = Bins.of(values)
    counts = bins.counts(values)
    assert counts.sum() == len(values)
    assert counts[-1] == 1
    assert bins.places(np.array([-5.0]))[0] == 0
    assert bins.places(np.array([99.0]))[0] == bins.count - 2


def test_a_rare_flag_has_a_bin_of_its_own() -> None:
    for flag in (0.0, 1.0):
        values = np.where(np.arange(100) < 3, flag, 1 - flag)
        bins = Bins.of(values)
        assert bins.places(np.array([0.0]))[0] != bins.places(np.array([1.0]))[0]


def test_unusual_categories_are_counted_together() -> None:
    usual, unusual = np.repeat(np.arange(12.0), 10), np.arange(100.0, 130.0)
    bins = Bins.of_category(np.concatenate([usual, unusual]))
    counts = bins.counts(np.concatenate([usual, unusual, [np.nan]]))
    assert counts.tolist() == [10] * 12 + [30, 1]
    assert Bins.of_category(np.array([np.nan])).counts(np.array([1.0, np.nan])).tolist() == [1, 1]
