"""Dated lists that tell what to make of a firm: countries of concern and lines of business.

concern.csv: where sanctioned goods must not go.
activity_groups.csv: lines of business (NACE, and the OKED codes made after it) that act for others.
"""

from functools import cache

from .rows import Dated, rows, spell


@cache
def countries_of_concern() -> Dated:
    """Countries that sanctioned goods must not reach, on which days."""
    return Dated(spell(row, "country") for row in rows("concern.csv"))


@cache
def intermediaries() -> Dated:
    """Lines of business that act for others, on which days."""
    return Dated(spell(row, "code") for row in rows("activity_groups.csv"))


@cache
def intermediary(activity_code: str) -> tuple[str, str] | None:
    """The longest beginning of an activity code that is listed, and what such firms do."""
    digits, known = activity_code.replace(".", ""), _groups()
    listed = (digits[:length] for length in range(len(digits), 0, -1) if digits[:length] in known)
    return next(((code, known[code]) for code in listed), None)


@cache
def _groups() -> dict[str, str]:
    return {row["code"]: row["group"] for row in rows("activity_groups.csv")}
