"""A share of a weighted sample with its interval, sound for few findings and unequal weights."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

LEVEL = 0.95
_TAIL = (1 - LEVEL) / 2

# Draws by which intervals of several shares are melded into one.
_DRAWS = 4000


@dataclass(frozen=True)
class Share:
    """An estimated share (0 to 1) with a 95 % interval.

    rows, found: how many shipments the estimate rests on, and how many of them count.
    effective: how many independent shipments of equal weight would say as much.
    """

    figure: float
    low: float
    high: float
    rows: int
    found: int
    effective: float

    @property
    def half_width(self) -> float:
        """Half of the interval."""
        return (self.high - self.low) / 2

    def limits(self, tails: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The lower and the upper exact (Clopper and Pearson) limit for each tail, 0 to 1."""
        within, without = self.figure * self.effective, (1 - self.figure) * self.effective
        if not self.rows:
            return np.zeros(len(tails)), np.ones(len(tails))
        low = beta.ppf(tails, within, without + 1) if self.figure > 0 else np.zeros(len(tails))
        high = beta.ppf(tails, within + 1, without) if self.figure < 1 else np.ones(len(tails))
        return low, high


def share(hits: np.ndarray, weights: np.ndarray, clusters: np.ndarray) -> Share:
    """The weighted share of hits (0 or 1), with the interval of Korn and Graubard (1998).

    clusters: what was selected together, here the declaration; its items are alike. The interval
    is the exact one for the effective number of rows, which is told from the variance or, where
    nothing varies, from the weights. Without any row nothing is known: NaN, from 0 to 1.
    """
    if not len(hits):
        return Share(np.nan, 0.0, 1.0, 0, 0, 0.0)
    figure = float(np.average(hits, weights=weights))
    effective = _effective(hits, weights, clusters, figure)
    open_ = Share(figure, 0.0, 1.0, len(hits), int(hits.sum()), effective)
    (low,), (high,) = open_.limits(np.array([_TAIL]))[0], open_.limits(np.array([1 - _TAIL]))[1]
    return Share(figure, float(low), float(high), open_.rows, open_.found, effective)


def part_and_whole(inside: Share, outside: Share, part: float) -> tuple[Share, Share]:
    """The share of the whole, and which share of all that counts lies inside.

    part: the size of the inside, of the whole. The intervals are melded from both exact ones (Fay,
    Proschan and Brittain 2015): where nothing was found outside, what may have been missed there
    still counts.
    """

    def whole(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return part * one + (1 - part) * other

    def lying_inside(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return part * one / np.maximum(whole(one, other), 1e-12)

    return _melded(inside, outside, whole, True), _melded(inside, outside, lying_inside, False)


def kish(weights: np.ndarray) -> float:
    """How many rows of equal weight say as much as these (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0


def _melded(
    one: Share,
    other: Share,
    combined: Callable[[np.ndarray, np.ndarray], np.ndarray],
    rises_with_other: bool,
) -> Share:
    """A figure of two shares that rises with the first; with the second it rises or falls."""
    rng = np.random.default_rng(0)
    lows, highs = one.limits(rng.random(_DRAWS))
    other_lows, other_highs = other.limits(rng.random(_DRAWS))
    if not rises_with_other:
        other_lows, other_highs = other_highs, other_lows
    figure = combined(np.array(one.figure), np.array(other.figure))
    return Share(
        float(figure) if one.found + other.found else (0.0 if rises_with_other else np.nan),
        float(np.quantile(combined(lows, other_lows), _TAIL)),
        float(np.quantile(combined(highs, other_highs), 1 - _TAIL)),
        one.rows + other.rows,
        one.found + (other.found if rises_with_other else 0),
        one.effective + other.effective,
    )


def _effective(hits: np.ndarray, weights: np.ndarray, clusters: np.ndarray, figure: float) -> float:
    _, of = np.unique(clusters, return_inverse=True)
    off = np.bincount(of, weights * (hits - figure)) / weights.sum()
    variance = (off**2).sum() * len(off) / max(len(off) - 1, 1)
    if variance <= 0:
        return kish(np.bincount(of, weights))
    return float(min(figure * (1 - figure) / variance, len(hits)))
