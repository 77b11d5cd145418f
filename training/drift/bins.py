"""Values of a signal counted by bins that the training period set."""

from dataclasses import dataclass

import numpy as np

# Where the bins of a quantity end: finer at both ends, so that a rare flag has a bin of its own.
_SHARES = (0.02, 0.10, 0.25, 0.50, 0.75, 0.90, 0.98)
# The bins of risks: finer where shipments are chosen.
RISK_SHARES = (0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99)
_MOST_CATEGORIES = 12


@dataclass(frozen=True)
class Bins:
    """How values are told apart; the last bin holds the missing ones.

    edges: of a quantity, the upper ends of its bins, ascending, or of a category, its usual codes.
    """

    edges: tuple[float, ...]
    category: bool = False

    @classmethod
    def of(cls, values: np.ndarray, shares: tuple[float, ...] = _SHARES) -> "Bins":
        """Bins of a quantity that hold these shares of the values, fewer where values repeat."""
        known = values[~np.isnan(values)]
        if not len(known):
            return cls(())
        return cls(tuple(np.unique(np.quantile(known, shares, method="lower")).tolist()))

    @classmethod
    def of_category(cls, values: np.ndarray) -> "Bins":
        """A bin for each of the usual codes, and one for the others."""
        codes, counts = np.unique(values[~np.isnan(values)], return_counts=True)
        usual = codes[np.argsort(-counts, kind="stable")][:_MOST_CATEGORIES]
        return cls(tuple(np.sort(usual).tolist()), category=True)

    @property
    def count(self) -> int:
        """The number of bins."""
        return len(self.edges) + 2

    def places(self, values: np.ndarray) -> np.ndarray:
        """The bin of each value, 0 to count - 1."""
        edges = np.array(self.edges)
        found = np.searchsorted(edges, values, side="left")
        if self.category and len(edges):
            at = np.minimum(found, len(edges) - 1)
            found = np.where(edges[at] == values, at, len(edges))
        return np.where(np.isnan(values), self.count - 1, found)

    def counts(self, values: np.ndarray) -> np.ndarray:
        """How many values fall into each bin."""
        return np.bincount(self.places(values), minlength=self.count)
