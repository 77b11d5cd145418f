"""Dated lists of countries, and where countries are.

hubs.csv: transshipment points that an official alert names. concern.csv: where sanctioned goods
must not go. sanctioning.csv: who controls exports to there. places.csv: a place of each country,
its capital as a rule, rounded to 0.1 degree. events.csv: days on which trade changed.
"""

from functools import cache, reduce
from operator import or_
from typing import Any, Literal

import numpy as np

from ..columns import each_text
from ..values import Day, Values, as_day, missing, where
from .rows import Dated, rows, spell

CountryList = Literal["hubs", "concern", "sanctioning"]

_EARTH_RADIUS_KM = 6371.0


@cache
def _dated(name: CountryList) -> Dated:
    return Dated(spell(row, "country") for row in rows(f"{name}.csv"))


def in_force(name: CountryList, countries: Values, day: Values) -> Values:
    """True where a country is on the list on the day; False where country or day is missing."""
    dated = _dated(name)
    return dated.hold(each_text(countries, dated.periods, np.int64), day)


def any_in_force(name: CountryList, routes: Values, day: Values) -> Values:
    """True where a text of countries, parted by spaces, names one that is on the list."""
    dated = _dated(name)

    def of_any(route: str) -> int:
        return reduce(or_, map(dated.periods, route.split()), 0)

    return dated.hold(each_text(routes, of_any, np.int64), day)


@cache
def _places() -> dict[str, int]:
    return {row["country"]: place for place, row in enumerate(rows("places.csv"))}


@cache
def _kilometres() -> np.ndarray:
    """Great-circle kilometres between all places; the last one, of unknown countries, is NaN."""
    degrees = [(float(row["latitude"]), float(row["longitude"])) for row in rows("places.csv")]
    north, east = np.radians([*degrees, (np.nan, np.nan)]).T
    half = np.sin((north[:, None] - north) / 2) ** 2
    half += np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    return np.asarray(2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def km_between(one: Values, other: Values) -> Values:
    """Great-circle kilometres between the places of two countries; NaN where either is unknown."""
    places = each_text(one, _place, np.int64), each_text(other, _place, np.int64)
    return where(missing(one) | missing(other), np.nan, _kilometres()[places])


def _place(country: str) -> int:
    return _places().get(country, -1)


def export_controls_since(days: Values) -> Any:
    """The day on which wide export controls began: years before it are what trade was like.

    In the form of the days that it is compared with.
    """
    column, of_one = _controls_began()
    return column if isinstance(days, np.ndarray) else of_one


@cache
def _controls_began() -> tuple[np.datetime64, Day]:
    (row,) = (row for row in rows("events.csv") if row["event"] == "wide export controls begin")
    since = np.datetime64(row["since"], "D")
    return since, as_day(since)
