"""The price per kg among its comparables."""

import math
from dataclasses import dataclass

import numpy as np

from .past import NotKnown, Past

# The bins in which the history keeps prices, and how many bars are drawn of them at most.
_LOWEST, _WIDTH, _BINS, _MOST_BARS = -10.0, 0.1, 256, 36
_GROUPS = ("code", "subheading", "heading", "chapter")
_ENOUGH = 20


@dataclass(frozen=True)
class Bar:
    """So many comparable shipments cost from `low` to `high` USD per kg."""

    low: float
    high: float
    shipments: int


@dataclass(frozen=True)
class UnitPrice:
    """The price per supplementary unit beside the usual one of n comparables, USD."""

    unit: str
    value: float
    usual: float
    n: int


@dataclass(frozen=True)
class Price:
    """The price per kg (USD) among n comparable shipments of the year before.

    group: which goods are compared, as a name (code, subheading, heading or chapter) and its
    digits; origin: their country where that is compared too. dearer_than: the share that cost less.
    """

    value: float
    usual: float
    n: int
    group: str
    goods: str
    origin: str | None
    dearer_than: float
    bars: tuple[Bar, ...]
    unit: UnitPrice | None


def price_of(past: Past) -> Price:
    """The price and the prices that it is held against."""
    value = past.value("value_per_kg")
    if not value:
        raise NotKnown("pictures.price.no_price")
    level = past.value("comparables_level")
    if level is None:
        raise NotKnown("pictures.price.too_few")
    group = _GROUPS[int(level)]
    return Price(
        value=value,
        usual=past.value("usual_value_per_kg"),
        n=past.count("comparables"),
        group=group,
        goods=past.value(("hs_code", "hs6", "hs4", "hs2")[int(level)]),
        origin=past.value("country_of_origin") if group == "code" else None,
        dearer_than=past.value("dearer_than_share"),
        bars=_bars(_counts(past, group), value),
        unit=_unit_price(past),
    )


def _counts(past: Past, group: str) -> list[int]:
    """How many comparables are in each bin.

    The history tells how many lie below a price, those of its own bin counting half. So twice what
    lies below the first price of a bin is what it holds, once all lower bins are taken away.
    """
    middles = _LOWEST + _WIDTH * (np.arange(_BINS) + 0.5)
    counts: list[int] = []
    before = 0
    for below in past.at_prices(middles)[f"cheaper_in_{group}"].tolist():
        counts.append(round(2 * (below - before)))
        before += counts[-1]
    return counts


def _bars(counts: list[int], value: float) -> tuple[Bar, ...]:
    """The bins that hold anything, and this price's, from the first to the last, in few bars."""
    own = min(max(math.floor((math.log(value) - _LOWEST) / _WIDTH), 0), _BINS - 1)
    there = [own, *(at for at, count in enumerate(counts) if count)]
    first, last = min(there), max(there)
    together = math.ceil((last - first + 1) / _MOST_BARS)
    return tuple(
        Bar(_edge(at), _edge(at + together), sum(counts[at : at + together]))
        for at in range(first, last + 1, together)
    )


def _edge(at: int) -> float:
    return math.exp(_LOWEST + _WIDTH * at)


def _unit_price(past: Past) -> UnitPrice | None:
    """The price per unit, where enough of the same unit are there to compare."""
    unit, value = past.value("supplementary_unit"), past.value("value_per_unit")
    usual, n = past.value("usual_value_per_unit"), past.count("unit_comparables")
    if unit is None or value is None or usual is None or n < _ENOUGH:
        return None
    return UnitPrice(unit, value, usual, n)
