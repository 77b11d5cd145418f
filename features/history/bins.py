"""Histograms as sums: how many past values lie below one, from few additions per value.

A value falls into one of 4^4 = 256 bins. It is counted under its bin and under each coarser bin
that holds it (4, 16 and 64 together). The number of values in all lower bins is then a sum over
at most three neighbours on each of the four levels, instead of over up to 255 bins.
"""

import numpy as np

from ..keys import mixed

# Logarithms of prices: bins a tenth wide (about 10 %), from e^-10 to e^15.6.
LOWEST, WIDTH = -10.0, 0.1
_LEVELS = (0, 1, 2, 3)


def bins_of(values: np.ndarray) -> np.ndarray:
    """The bin (0 to 255) of each value; values outside fall into the outermost bins."""
    return np.clip(np.floor((values - LOWEST) / WIDTH), 0, 255).astype(np.int64)


def node(keys: np.ndarray, bins: np.ndarray, level: int) -> np.ndarray:
    """The key of the (coarser) bin that holds a bin on a level."""
    return mixed(keys, (bins.astype(np.uint64) << np.uint64(3)) | np.uint64(level))


def nodes_counted(keys: np.ndarray, bins: np.ndarray) -> np.ndarray:
    """The keys under which values are counted: one row per level."""
    return np.stack([node(keys, bins >> (2 * level), level) for level in _LEVELS])


def nodes_below(keys: np.ndarray, bins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The keys whose counts add up to the values below, with their weights: 13 rows."""
    found, weights = [], []
    for level in _LEVELS:
        at = bins >> (2 * level)
        for step in (1, 2, 3):
            found.append(node(keys, np.maximum(at - step, 0), level))
            weights.append((at & 3) >= step)
    found.append(node(keys, bins, 0))
    weights.append(np.full(len(bins), 0.5))
    return np.stack(found), np.stack(weights).astype(np.float64)
