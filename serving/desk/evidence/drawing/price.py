"""Prices per kg as a histogram on a logarithmic scale, this shipment marked."""

import math
from collections.abc import Iterator

from markupsafe import Markup

from ....words import Words
from ..picture import Picture, Table
from ..price import Price
from .canvas import WIDTH, box, canvas, label, line

_LEFT, _RIGHT, _TOP, _HIGH, _HEIGHT = 12, 12, 46, 120, 206


def price_picture(price: Price, words: Words) -> Picture:
    """The picture of a price among its comparables."""
    note = words(
        "pictures.price.note", share=100 * price.dearer_than, n=price.n,
        goods=_goods(price, words), value=price.value, usual=price.usual,
    )  # fmt: skip
    if unit := price.unit:
        note += " " + words("pictures.price.per_unit", **vars(unit))
    return Picture(
        words("pictures.price.title"),
        canvas("price", _HEIGHT, note, _shapes(price, words)),
        note,
        "price",
        _table(price, words),
    )


def _goods(price: Price, words: Words) -> str:
    named = words(f"pictures.price.{price.group}", goods=price.goods)
    if price.origin is None:
        return named
    return words("pictures.price.of_origin", goods=named, origin=price.origin)


def _shapes(price: Price, words: Words) -> Iterator[Markup]:
    floor, most = _TOP + _HIGH, max(bar.shipments for bar in price.bars)
    for bar in price.bars:
        left, right = _x(bar.low, price), _x(bar.high, price)
        high = _HIGH * bar.shipments / most if most else 0
        yield box(left + 0.5, floor - high, max(right - left - 1, 1), high, "bar")
    yield line(_LEFT, floor, WIDTH - _RIGHT, floor, "axis")
    yield from _scale(price, floor)
    yield from _mark(
        price, price.usual, 14, words("pictures.price.usual", usual=price.usual), "usual"
    )
    yield from _mark(
        price, price.value, 32, words("pictures.price.this", value=price.value), "this"
    )
    yield label(WIDTH - _RIGHT, _HEIGHT - 4, words("pictures.price.axis"), "scale end")


def _mark(price: Price, value: float, y: float, said: str, kind: str) -> Iterator[Markup]:
    x = _x(value, price)
    leftward = x > WIDTH / 2
    yield line(x, y - 12, x, _TOP + _HIGH, kind)
    yield label(x - 6 if leftward else x + 6, y, said, f"{kind} {'end' if leftward else ''}")


def _scale(price: Price, floor: float) -> Iterator[Markup]:
    """Marks at 1, 2 and 5 of each power of ten, those that lie too near to another left out."""
    low, high, before = price.bars[0].low, price.bars[-1].high, -math.inf
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for value in (10.0**power, 2 * 10.0**power, 5 * 10.0**power):
            x = _x(value, price)
            if low <= value <= high and x - before > 56:
                before = x
                yield line(x, floor, x, floor + 5, "axis")
                yield label(x, floor + 18, f"{value:,.10g}", "scale middle")


def _x(value: float, price: Price) -> float:
    low, high = math.log(price.bars[0].low), math.log(price.bars[-1].high)
    share = (math.log(value) - low) / (high - low)
    return _LEFT + min(max(share, 0), 1) * (WIDTH - _LEFT - _RIGHT)


def _table(price: Price, words: Words) -> Table:
    rows = [
        (f"{bar.low:,.4g} – {bar.high:,.4g}", f"{bar.shipments:,}")
        for bar in price.bars
        if bar.shipments
    ]
    return Table((words("pictures.price.axis"), words("pictures.shipments")), rows)
