"""Values below which less is asked of a declaration, as data with dates."""

from functools import cache

import numpy as np

from .rows import Spell, rows, spell


@cache
def _thresholds() -> list[tuple[float, Spell]]:
    return [(float(row["usd"]), spell(row, "what")) for row in rows("value_thresholds.csv")]


def threshold_meaning(usd: float) -> str | None:
    """What is asked of values above a threshold of the table, None for any other amount."""
    return next((asked.what for amount, asked in _thresholds() if amount == usd), None)


def thresholds_on(day: np.ndarray) -> np.ndarray:
    """Values in USD below which less is asked, ascending: records × thresholds.

    A threshold that is not in force on the record's day is infinite.
    """
    columns = [np.where(asked.holds(day), amount, np.inf) for amount, asked in _thresholds()]
    return np.sort(np.stack(columns, axis=1), axis=1)
