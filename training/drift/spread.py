"""How far counts of two periods lie apart, measured by how far they do so anyway."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import f

# Bins where a period is expected to hold fewer than this are counted together.
_LEAST_EXPECTED = 5.0


@dataclass(frozen=True)
class Spread:
    """How much counts vary from one stretch of the training period to the next.

    ratio: by how many times more than if each shipment were drawn alone, at least 1 (firms ship
    again and again, and seasons change). freedom: on how many independent differences that rests.
    """

    ratio: float
    freedom: int

    @classmethod
    def of(cls, counts: np.ndarray) -> "Spread":
        """The spread of counts, stretches × bins."""
        squares, freedom = _squares(counts)
        # A bin that held everything varied in no stretch: that too rests on so many of them.
        return cls(max(1.0, squares / freedom), freedom) if freedom else cls(1.0, len(counts) - 1)

    @classmethod
    def pooled(cls, tables: list[np.ndarray]) -> "Spread":
        """One spread of several tables of counts, for those that are small each."""
        each = [_squares(counts) for counts in tables]
        squares, freedom = sum(s for s, _ in each), sum(n for _, n in each)
        least = max((len(counts) - 1 for counts in tables if len(counts)), default=0)
        return cls(max(1.0, squares / freedom), freedom) if freedom else cls(1.0, least)

    def chance(self, earlier: np.ndarray, recent: np.ndarray) -> float:
        """The probability that a further stretch differs from the earlier ones at least so much."""
        squares, freedom = _squares(np.stack([earlier, recent]))
        if not freedom or not self.freedom:
            return 1.0
        return float(f.sf(squares / freedom / self.ratio, freedom, self.freedom))


def stability_index(earlier: np.ndarray, recent: np.ndarray) -> float:
    """The population stability index of two sets of counts, half a shipment added to each bin."""
    p = (earlier + 0.5) / (earlier + 0.5).sum()
    q = (recent + 0.5) / (recent + 0.5).sum()
    return float(((q - p) * np.log(q / p)).sum())


def _squares(counts: np.ndarray) -> tuple[float, int]:
    """Pearson's sum of squares of a table against the same shares in all rows; its freedom."""
    rows = counts.sum(axis=1)
    counts = counts[rows > 0]
    if len(counts) < 2:
        return 0.0, 0
    share = counts.sum(axis=0) / counts.sum()
    few = share * counts.sum(axis=1).min() < _LEAST_EXPECTED
    if few.any():
        counts = np.column_stack([counts[:, ~few], counts[:, few].sum(axis=1)])
        counts = counts[:, counts.sum(axis=0) > 0]
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    squares = ((counts - expected) ** 2 / expected).sum()
    return float(squares), (len(counts) - 1) * (counts.shape[1] - 1)
