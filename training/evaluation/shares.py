"""A share of a weighted sample with its interval, sound for few findings and unequal weights."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

LEVEL = 0.95


@dataclass(frozen=True)
class Share:
    """An estimated share (0 to 1) with a 95 % interval.

    rows, found: how many shipments the estimate rests on, and how many of them count.
    effective: how many shipments of equal weight would say as much.
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


def share(hits: np.ndarray, weights: np.ndarray, clusters: np.ndarray) -> Share:
    """The weighted share of hits (0 or 1), with the interval of Korn and Graubard (1998).

    clusters: what was selected together, here the declaration; its items are alike. The interval
    is the exact one of Clopper and Pearson for the effective number of rows. That is taken from the
    variance, but never above what the weights alone allow: where few are found, chance can make
    the variance small. Without any row nothing is known: NaN, from 0 to 1.
    """
    if not len(hits):
        return Share(np.nan, 0.0, 1.0, 0, 0, 0.0)
    figure = float(np.average(hits, weights=weights))
    effective = _effective(hits, weights, clusters, figure)
    tail, within = (1 - LEVEL) / 2, figure * effective
    low = beta.ppf(tail, within, effective - within + 1) if figure > 0 else 0.0
    high = beta.ppf(1 - tail, within + 1, effective - within) if figure < 1 else 1.0
    return Share(figure, float(low), float(high), len(hits), int(hits.sum()), effective)


def kish(weights: np.ndarray) -> float:
    """How many rows of equal weight say as much as these (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0


def _effective(hits: np.ndarray, weights: np.ndarray, clusters: np.ndarray, figure: float) -> float:
    _, of = np.unique(clusters, return_inverse=True)
    by_weights = kish(np.bincount(of, weights))
    off = np.bincount(of, weights * (hits - figure)) / weights.sum()
    variance = (off**2).sum() * len(off) / max(len(off) - 1, 1)
    if variance <= 0:
        return by_weights
    return float(min(figure * (1 - figure) / variance, by_weights))
