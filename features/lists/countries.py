"""Dated lists of countries, and where countries are.

hubs.csv: transshipment points that an official alert names. concern.csv: where sanctioned goods
must not go. sanctioning.csv: who controls exports to there. places.csv: a place of each country,
its capital as a rule, rounded to 0.1 degree. events.csv: days on which trade changed.
"""

from functools import cache
from typing import Literal

import numpy as np

from ..columns import DAY, each_text
from .rows import rows

CountryList = Literal["hubs", "concern", "sanctioning"]

_NEVER = np.datetime64("NaT", "D")
_ALWAYS = np.datetime64("9999-12-31", "D")


@cache
def _periods(name: CountryList) -> dict[str, list[tuple[np.datetime64, np.datetime64]]]:
    """The periods [since, until) in which each country is on a list."""
    periods: dict[str, list[tuple[np.datetime64, np.datetime64]]] = {}
    for row in rows(f"{name}.csv"):
        until = np.datetime64(row["until"], "D") if row["until"] else _ALWAYS
        periods.setdefault(row["country"], []).append((np.datetime64(row["since"], "D"), until))
    return periods


def in_force(name: CountryList, countries: np.ndarray, day: np.ndarray) -> np.ndarray:
    """True where a country is on the list on the day; False where country or day is missing."""
    periods = _periods(name)
    found = np.zeros(len(countries), dtype=bool)
    for nth in range(max(map(len, periods.values()))):
        since = each_text(countries, lambda code: _bound(periods, code, nth, 0), DAY)  # noqa: B023
        until = each_text(countries, lambda code: _bound(periods, code, nth, 1), DAY)  # noqa: B023
        found |= (since <= day) & (day < until)
    return found


def any_in_force(name: CountryList, routes: np.ndarray, day: np.ndarray) -> np.ndarray:
    """True where a text of countries, parted by spaces, names one that is on the list."""
    found = np.zeros(len(routes), dtype=bool)
    for country, periods in _periods(name).items():
        named = each_text(routes, lambda text: float(country in text.split()), float)  # noqa: B023
        for since, until in periods:
            found |= (named == 1) & (since <= day) & (day < until)
    return found


@cache
def _places() -> dict[str, tuple[float, float]]:
    return {row["country"]: (float(row["latitude"]), float(row["longitude"]))
            for row in rows("places.csv")}  # fmt: skip


def latitude(country: str) -> float:
    """Degrees north of a country's place; NaN for a country without one."""
    return _places().get(country, (np.nan, np.nan))[0]


def longitude(country: str) -> float:
    """Degrees east of a country's place; NaN for a country without one."""
    return _places().get(country, (np.nan, np.nan))[1]


@cache
def export_controls_since() -> np.datetime64:
    """The day on which wide export controls began: years before it are what trade was like."""
    (row,) = (row for row in rows("events.csv") if row["event"] == "wide export controls begin")
    return np.datetime64(row["since"], "D")


def _bound(
    periods: dict[str, list[tuple[np.datetime64, np.datetime64]]], code: str, nth: int, end: int
) -> np.datetime64:
    of_country = periods.get(code, [])
    return of_country[nth][end] if nth < len(of_country) else _NEVER
