"""Values below which less is asked of a declaration, as data with dates."""

from functools import cache

import numpy as np

from ..values import Values
from .rows import Dated, rows, spell


@cache
def threshold_meaning(usd: float) -> str | None:
    """What is asked of values above a threshold of the table, None for any other amount."""
    rules = rows("value_thresholds.csv")
    return next((row["what"] for row in rules if float(row["usd"]) == usd), None)


def thresholds_on(day: Values) -> Values:
    """Values in USD below which less is asked, ascending: thresholds × records.

    A threshold that is not in force on the record's day is infinite.
    """
    dated, by_period, of_one = _by_period()
    if not isinstance(day, np.ndarray):
        return of_one[dated.period(day)]
    return by_period[dated.period(day)].T


@cache
def _by_period() -> tuple[Dated, np.ndarray, list[list[float]]]:
    """The periods between changes of the table, and the thresholds in each, ascending."""
    dated = Dated(spell(row, "usd") for row in rows("value_thresholds.csv"))
    held = [(float(row["usd"]), dated.periods(row["usd"])) for row in rows("value_thresholds.csv")]
    table = [
        sorted(usd if periods >> period & 1 else np.inf for usd, periods in held)
        for period in range(len(dated.changes) + 1)
    ]
    return dated, np.array(table), table
