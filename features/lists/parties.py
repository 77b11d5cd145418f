"""Dated lists that tell what to make of a firm: countries of concern and lines of business.

concern.csv: where sanctioned goods must not go.
activity_groups.csv: lines of business (NACE, and the OKED codes made after it) that act for others.
"""

from functools import cache

from .rows import Spell, rows, spell


@cache
def countries_of_concern() -> tuple[Spell, ...]:
    """Countries that sanctioned goods must not reach, each with the days on which that holds."""
    return tuple(spell(row, "country") for row in rows("concern.csv"))


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
    return {row["code"]: spell(row, "group") for row in rows("activity_groups.csv")}
