"""Brands that descriptions name, and since when each leaves the country of concern."""

import re
from functools import cache

import numpy as np

from .rows import Spell, rows, spell

_NEVER = np.datetime64("NaT", "D")


@cache
def _brands() -> dict[str, Spell]:
    """By each word that names a brand."""
    return {
        word: spell(row, "brand") for row in rows("brands.csv") for word in row["words"].split("|")
    }


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_brands(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def brand_in(text: str) -> str | None:
    """The first brand of the table that a text names as a word of its own."""
    found = _pattern().search(text.casefold())
    return _brands()[found.group()].what if found else None


def brand_left_on(brand: str) -> np.datetime64:
    """The day from which it is known that a brand leaves the country of concern."""
    return next((one.since for one in _brands().values() if one.what == brand), _NEVER)
