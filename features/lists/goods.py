"""Dated tables of goods: of concern beyond the priority list, and taken apart."""

from functools import cache

import numpy as np

from ..columns import each_text
from ..values import Values
from .rows import Dated, rows, spell


@cache
def _goods(name: str) -> dict[str, str]:
    return {row["hs"]: row["goods"] for row in rows(name)}


@cache
def _dated(name: str) -> Dated:
    return Dated(spell(row, "hs") for row in rows(name))


@cache
def _ours(name: str) -> frozenset[str]:
    """The codes of a table that stand there by our own judgement."""
    return frozenset(row["hs"] for row in rows(name) if row["checked"] == "own")


def _narrowest(name: str, hs6: str) -> str | None:
    """The code by which a table names goods: their subheading, else the heading or chapter."""
    known = _goods(name)
    return next((hs6[:digits] for digits in (6, 4, 2) if hs6[:digits] in known), None)


def goods_named(name: str, hs6: Values) -> Values:
    """What a table of goods calls each subheading, None where it does not name it."""

    def named(code: str) -> str | None:
        found = _narrowest(name, code)
        return _goods(name)[found] if found else None

    return each_text(hs6, named)


def goods_named_by_us(name: str, hs6: Values) -> Values:
    """True where the row that names a subheading is our own judgement."""
    ours = _ours(name)
    return each_text(hs6, lambda code: float(_narrowest(name, code) in ours), float) == 1


def goods_in_force(name: str, hs6: Values, day: Values) -> Values:
    """True where a table of goods names the subheading on that day."""

    dated = _dated(name)

    def periods(code: str) -> int:
        return dated.periods(_narrowest(name, code) or "")

    return dated.hold(each_text(hs6, periods, np.int64), day)
