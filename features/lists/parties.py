"""Dated lists that tell what to make of a firm: countries of concern, events, lines of business.

concern.csv: where sanctioned goods must not go. events.csv: days on which trade changed.
activity_groups.csv: lines of business (NACE, and the OKED codes made after it) that act for others.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from .rows import rows

_ALWAYS = np.datetime64("9999-12-31", "D")


class Spell(NamedTuple):
    """An entry of a dated list: it holds from `since` on, and no longer on `until`."""

    what: str
    since: np.datetime64
    until: np.datetime64

    def holds(self, days: np.ndarray) -> np.ndarray:
        """Whether the entry is in force on each day."""
        return np.asarray((self.since <= days) & (days < self.until))


@cache
def countries_of_concern() -> tuple[Spell, ...]:
    """Countries that sanctioned goods must not reach, each with the days on which that holds."""
    return tuple(_spell(row, "country") for row in rows("concern.csv"))


@cache
def export_controls_since() -> np.datetime64:
    """The day on which wide export controls began."""
    (row,) = (row for row in rows("events.csv") if row["event"] == "wide export controls begin")
    return np.datetime64(row["since"], "D")


@cache
def intermediary(activity_code: str) -> Spell | None:
    """What firms of a line of business do for others, by the longest beginning that is listed."""
    digits = activity_code.replace(".", "")
    for length in range(len(digits), 0, -1):
        if digits[:length] in _intermediaries():
            return _intermediaries()[digits[:length]]
    return None


@cache
def _intermediaries() -> dict[str, Spell]:
    return {row["code"]: _spell(row, "group") for row in rows("activity_groups.csv")}


def _spell(row: dict[str, str], what: str) -> Spell:
    until = np.datetime64(row["until"], "D") if row["until"] else _ALWAYS
    return Spell(row[what], np.datetime64(row["since"], "D"), until)
