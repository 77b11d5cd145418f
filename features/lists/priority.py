"""The Common High Priority List, as it was in force on a day."""

from bisect import bisect_right
from functools import cache

import numpy as np

from ..values import DAY, NEVER, Day, Values, as_day, known
from .rows import rows


@cache
def _listed() -> dict[str, tuple[int, np.datetime64]]:
    return {
        row["hs6"]: (int(row["tier"][0]), np.datetime64(row["since"], "D"))
        for row in rows("priority.csv")
    }


@cache
def _successors() -> dict[str, str]:
    return {row["hs2017"]: row["hs2022"] for row in rows("hs_2017_to_2022.csv")}


def as_hs2022(hs6: str) -> str:
    """The HS 2022 subheading of a six-digit code; one-to-one successors of HS 2017 codes only."""
    return _successors().get(hs6, hs6)


def listed_since(hs6: str) -> np.datetime64:
    """The first day on which a subheading is on the list, or NaT where it never was."""
    tier_since = _listed().get(hs6)
    return tier_since[1] if tier_since else np.datetime64("NaT", "D")


def tier(hs6: str) -> int:
    """The tier (1 to 4) of a subheading on the newest version of the list, 0 where unlisted."""
    tier_since = _listed().get(hs6)
    return tier_since[0] if tier_since else 0


@cache
def _heading_since() -> dict[str, np.datetime64]:
    first: dict[str, np.datetime64] = {}
    for hs6, (_, since) in _listed().items():
        first[hs6[:4]] = min(since, first.get(hs6[:4], since))
    return first


def heading_listed_since(hs4: str) -> np.datetime64:
    """The first day on which any subheading of a heading is on the list, or NaT."""
    return _heading_since().get(hs4, np.datetime64("NaT", "D"))


def priority_list_version(day: Values) -> Values:
    """The day from which the version of the list holds that is in force on a day; missing before.

    A missing day has none.
    """
    versions, of_one = _versions()
    if not isinstance(day, np.ndarray):
        return of_one[bisect_right(of_one, day, lo=1) - 1] if known(day) else NEVER
    found = versions[np.searchsorted(versions[1:], day, side="right")]
    return np.where(np.isnat(day), versions[0], found)


@cache
def _versions() -> tuple[np.ndarray, list[Day]]:
    """No version, and the days from which each holds, in order: as a column, and one by one."""
    versions = np.array([np.datetime64("NaT", "D"), *priority_list_days()], dtype=DAY)
    return versions, [as_day(day) for day in versions]


@cache
def priority_list_days() -> tuple[np.datetime64, ...]:
    """The days from which each version of the list holds, in order."""
    return tuple(sorted({since for _, since in _listed().values()}))
