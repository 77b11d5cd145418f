"""Dated tables of goods: of concern beyond the priority list, and taken apart."""

from functools import cache

import numpy as np

from ..columns import DAY, each_text
from .rows import Spell, rows, spell

_NEVER = np.datetime64("NaT", "D")


@cache
def _goods(name: str) -> dict[str, Spell]:
    return {row["hs"]: spell(row, "goods") for row in rows(name)}


@cache
def _ours(name: str) -> frozenset[str]:
    """The codes of a table that stand there by our own judgement."""
    return frozenset(row["hs"] for row in rows(name) if row["checked"] == "own")


def _code_for(name: str, hs6: str) -> str:
    """The row of a table for goods: their subheading, else the heading, else the chapter."""
    known = _goods(name)
    return next((hs6[:digits] for digits in (6, 4, 2) if hs6[:digits] in known), "")


def _narrowest(name: str, hs6: str) -> Spell | None:
    return _goods(name).get(_code_for(name, hs6))


def goods_named(name: str, hs6: np.ndarray) -> np.ndarray:
    """What a table of goods calls each subheading, None where it does not name it."""

    def named(code: str) -> str | None:
        found = _narrowest(name, code)
        return found.what if found else None

    return each_text(hs6, named)


def goods_named_by_us(name: str, hs6: np.ndarray) -> np.ndarray:
    """True where the row that names a subheading is our own judgement."""
    ours = _ours(name)
    return each_text(hs6, lambda code: float(_code_for(name, code) in ours), float) == 1


def goods_in_force(name: str, hs6: np.ndarray, day: np.ndarray) -> np.ndarray:
    """True where a table of goods names the subheading on that day."""

    def since(code: str) -> np.datetime64:
        found = _narrowest(name, code)
        return found.since if found else _NEVER

    def until(code: str) -> np.datetime64:
        found = _narrowest(name, code)
        return found.until if found else _NEVER

    return np.asarray((each_text(hs6, since, DAY) <= day) & (day < each_text(hs6, until, DAY)))
