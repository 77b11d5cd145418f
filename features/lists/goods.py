"""Dated tables of goods: of concern beyond the priority list, and taken apart."""

from functools import cache

import numpy as np

from ..columns import DAY, each_text
from .rows import Spell, rows, spell

_NEVER = np.datetime64("NaT", "D")


@cache
def _goods(name: str) -> dict[str, Spell]:
    return {row["hs"]: spell(row, "goods") for row in rows(name)}


def _narrowest(name: str, hs6: str) -> Spell | None:
    """What a table says of goods: by their subheading, else the heading, else the chapter."""
    known = _goods(name)
    return next((known[hs6[:digits]] for digits in (6, 4, 2) if hs6[:digits] in known), None)


def goods_named(name: str, hs6: np.ndarray) -> np.ndarray:
    """What a table of goods calls each subheading, None where it does not name it."""

    def named(code: str) -> str | None:
        found = _narrowest(name, code)
        return found.what if found else None

    return each_text(hs6, named)


def goods_in_force(name: str, hs6: np.ndarray, day: np.ndarray) -> np.ndarray:
    """True where a table of goods names the subheading on that day."""

    def since(code: str) -> np.datetime64:
        found = _narrowest(name, code)
        return found.since if found else _NEVER

    def until(code: str) -> np.datetime64:
        found = _narrowest(name, code)
        return found.until if found else _NEVER

    return np.asarray((each_text(hs6, since, DAY) <= day) & (day < each_text(hs6, until, DAY)))
