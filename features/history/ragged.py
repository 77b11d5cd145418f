"""Rows of numbers that are not all equally long, end to end in one array."""

import numpy as np
from numba import njit


def taken(values: np.ndarray, widths: np.ndarray, order: np.ndarray) -> np.ndarray:
    """The rows in another order, or some of them. values: int64. widths: of each row as it is."""
    starts = np.cumsum(widths) - widths
    return np.asarray(_taken(values, starts, widths, order, int(widths[order].sum())))


@njit(cache=True, nogil=True)
def _taken(values, starts, widths, order, size):  # type: ignore[no-untyped-def]
    found = np.empty(size, dtype=np.int64)
    at = 0
    for row in order:
        for value in range(starts[row], starts[row] + widths[row]):
            found[at] = values[value]
            at += 1
    return found
