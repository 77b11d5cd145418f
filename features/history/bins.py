"""Histograms as sums: how many past values lie below one, from few additions per value.

A value falls into one of 4^4 = 256 bins. It is counted in its bin and in each coarser bin that
holds it (4, 16 and 64 together). The number of values in all lower bins is then a sum over at
most three neighbours on each of the four levels, instead of over up to 255 bins.
"""

import math

import numpy as np

# Logarithms of prices: bins a tenth wide (about 10 %), from e^-10 to e^15.6.
LOWEST, WIDTH = -10.0, 0.1

# Bins of all levels in one row of numbers, the finest first: 256 + 64 + 16 + 4, within 9 bits.
LEVELS = 4
FIRST_OF_LEVEL = (0, 256, 320, 336)


def bins_of(values: np.ndarray) -> np.ndarray:
    """The bin (0 to 255, int64) of each value; values outside fall into the outermost bins."""
    return np.clip(np.floor((values - LOWEST) / WIDTH), 0, 255).astype(np.int64)


def bin_of(value: float) -> int:
    """The bin of one value."""
    return min(max(math.floor((value - LOWEST) / WIDTH), 0), 255)


def bins_counted(bins: np.ndarray) -> np.ndarray:
    """The bins of all levels that count a value: int64, levels × values."""
    return np.stack([(bins >> (2 * level)) + first for level, first in enumerate(FIRST_OF_LEVEL)])
