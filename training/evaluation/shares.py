"""A share of a weighted sample with its interval, sound for few findings and unequal weights."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

LEVEL = 0.95
_TAIL = (1 - LEVEL) / 2

# Draws by which two intervals are melded into one.
_DRAWS = 2000


@dataclass(frozen=True)
class Share:
    """An estimated share (0 to 1) with a 95 % interval.

    rows, found: how many shipments the estimate rests on, and how many of them count.
    """

    figure: float
    low: float
    high: float
    rows: int
    found: int

    @property
    def half_width(self) -> float:
        """Half of the interval."""
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Weighted:
    """Hits (0 or 1) among rows with weights.

    clusters: numbers of what was selected together, here the declaration; its items are alike.
    """

    hits: np.ndarray
    weights: np.ndarray
    clusters: np.ndarray

    @property
    def figure(self) -> float:
        """The weighted share of hits; NaN without any row."""
        return float(np.average(self.hits, weights=self.weights)) if len(self.hits) else np.nan

    def share(self) -> Share:
        """The share with its interval; without any row nothing is known: from 0 to 1."""
        low, high = self.around(0.0), self.around(1.0)
        return Share(
            self.figure,
            float(beta.ppf(_TAIL, *low)) if low else 0.0,
            float(beta.ppf(1 - _TAIL, *high)) if high else 1.0,
            len(self.hits),
            int(self.hits.sum()),
        )

    def around(self, one_more: float) -> tuple[float, float] | None:
        """The beta distribution around the lower (0) or the upper limit (1); None: 0 or 1 itself.

        It has mean and variance of the sample with one more row of the largest weight that is no
        hit, or one. For equal weights these are the exact limits of Clopper and Pearson; the
        thought that the next hit may have the largest weight is that of Fay and Feuer (1997).
        """
        if not len(self.hits) or (self.hits == one_more).all():
            return None
        largest = self.weights.max()
        whole = self.weights.sum() + largest
        mean = (self.weights @ self.hits + largest * one_more) / whole
        off = np.bincount(self.clusters, self.weights * (self.hits - mean))
        variance = ((off**2).sum() + (largest * (one_more - mean)) ** 2) / whole**2
        rows = mean * (1 - mean) / variance
        return mean * rows, (1 - mean) * rows

    def drawn(self, one_more: float, rng: np.random.Generator) -> np.ndarray:
        """Draws around one of the limits."""
        around = self.around(one_more)
        return rng.beta(*around, _DRAWS) if around else np.full(_DRAWS, one_more)


def part_and_whole(inside: Weighted, outside: Weighted, part: float) -> tuple[Share, Share]:
    """The share of the whole, and which share of all hits lies inside.

    part: the size of the inside, of the whole. The intervals are melded from those of both (Fay,
    Proschan and Brittain 2015): where nothing was found outside, what may have been missed there
    still counts.
    """
    rng = np.random.default_rng(0)
    low, high = part * inside.drawn(0.0, rng), part * inside.drawn(1.0, rng)
    rest = 1 - part
    other_low, other_high = rest * outside.drawn(0.0, rng), rest * outside.drawn(1.0, rng)
    one, other = part * inside.figure, rest * outside.figure
    rows, found = len(inside.hits) + len(outside.hits), int(inside.hits.sum())
    whole = Share(
        one + other,
        float(np.quantile(low + other_low, _TAIL)),
        float(np.quantile(high + other_high, 1 - _TAIL)),
        rows,
        found + int(outside.hits.sum()),
    )
    lying_inside = Share(
        one / (one + other) if one + other > 0 else np.nan,
        float(np.quantile(_ratio(low, other_high), _TAIL)),
        float(np.quantile(_ratio(high, other_low), 1 - _TAIL)),
        rows,
        found,
    )
    return whole, lying_inside


def kish(weights: np.ndarray) -> float:
    """How many rows of equal weight say as much as these (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0


def _ratio(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return one / np.maximum(one + other, 1e-12)
