"""The eighteen months that the world lives through, and their working rhythm."""

import numpy as np

from .draw import Array, Generator


def day(text: str) -> int:
    """Days since 1970 of an ISO date."""
    return int(np.datetime64(text, "D").astype(int))


FIRST, LAST = day("2024-01-01"), day("2025-06-30")
CRACKDOWN = day("2025-01-15")


def rhythm() -> Array:
    """How busy each day is: little at weekends and over New Year, slow growth."""
    days = np.arange(FIRST, LAST + 1)
    by_weekday = np.array([1.0, 1.05, 1.05, 1.0, 0.95, 0.25, 0.07])
    busy = by_weekday[(days + 3) % 7] * (1 + 0.15 * (days - FIRST) / (LAST - FIRST))
    for new_year in (day("2024-01-01"), day("2025-01-01")):
        busy[(days >= new_year) & (days < new_year + 8)] *= 0.25
    return busy


def busy_days(first: Array, last: Array) -> Array:
    """How much trade falls between two days when it follows the rhythm."""
    edges = np.concatenate([[0.0], np.cumsum(rhythm())])
    return (
        edges[np.clip(last + 1 - FIRST, 0, len(edges) - 1)]
        - edges[np.clip(first - FIRST, 0, len(edges) - 1)]
    )


def draw_days(rng: Generator, first: Array, last: Array) -> Array:
    """A day in each window, following the rhythm."""
    edges = np.concatenate([[0.0], np.cumsum(rhythm())])
    low, high = np.clip(first, FIRST, LAST), np.clip(last, FIRST, LAST)
    start, stop = edges[low - FIRST], edges[high + 1 - FIRST]
    marks = start + rng.random(len(first)) * (stop - start)
    return np.clip(FIRST + np.searchsorted(edges, marks, "right") - 1, low, high)
