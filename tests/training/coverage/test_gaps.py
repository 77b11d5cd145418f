"""Gaps between risk and truth: what is real is found, what chance makes of few firms is not."""

import numpy as np

from shiprisk.training.coverage import Gaps, gaps, without_chance


def world(seed: int, said: float, firms: int = 200, each: int = 10) -> Gaps:
    """Firms whose shipments are alike; said: risk as a multiple of what is true."""
    rng = np.random.default_rng(seed)
    chance = rng.beta(1, 15, firms)
    guilty = rng.random(firms) < chance  # all shipments of a firm, or none
    firm = np.repeat(np.arange(firms), each)
    return gaps(guilty[firm].astype(float), said * chance[firm], firm)


def test_what_chance_makes_of_few_firms_is_told_apart() -> None:
    right = [world(seed, 1.0) for seed in range(60)]
    errors = np.mean([one.error for one in right])
    assert errors > 0.02, "the error alone would blame risks that are right"
    assert np.mean([one.by_chance for one in right]) > 0.7 * errors
    assert without_chance(right) < errors / 2


def test_risks_that_are_too_high_are_found_whatever_chance_does() -> None:
    off = [world(seed, 2.0) for seed in range(60)]
    assert without_chance(off) > 0.05
    assert np.mean([one.said for one in off]) > 1.8 * np.mean([one.found for one in off])


def test_shipments_that_stand_alone_need_no_firms() -> None:
    rng = np.random.default_rng(3)
    risk = rng.beta(1, 20, 20_000)
    found = (rng.random(20_000) < risk).astype(float)
    one = gaps(found, risk, np.arange(20_000))
    assert one.error < 2 * one.by_chance
    assert one.rows == 20_000
