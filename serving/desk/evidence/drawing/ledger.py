"""The stock of a firm: what is left of the goods above, what came in and was sent on below."""

from collections.abc import Iterator

from markupsafe import Markup

from ....words import Words
from ..ledger import Ledger
from ..picture import Picture, Table
from .canvas import WIDTH, box, canvas, label, line, path, round_step, short

_LEFT, _RIGHT, _STOCK, _FLOW, _GAP, _TOP = 56, 10, 84, 52, 30, 22
_FLOOR = _TOP + _STOCK
_MIDDLE = _FLOOR + _GAP + _FLOW
_HEIGHT = _MIDDLE + _FLOW + 40


def ledger_picture(ledger: Ledger, words: Words) -> Picture:
    """The picture of a ledger."""
    note = words("pictures.ledger.note", goods=ledger.goods, came_in=ledger.came_in,
                 sent_on=ledger.sent_on, left=ledger.left)  # fmt: skip
    this = "pictures.ledger.this_in" if ledger.comes_in else "pictures.ledger.this_out"
    note += " " + words(this, kg=ledger.this)
    return Picture(
        words("pictures.ledger.title"),
        canvas("ledger", _HEIGHT, note, _shapes(ledger, words)),
        note,
        "flow",
        _table(ledger, words),
    )


def _shapes(ledger: Ledger, words: Words) -> Iterator[Markup]:
    yield label(_LEFT, 12, words("pictures.ledger.left"), "scale")
    yield label(_LEFT, _FLOOR + _GAP - 6, words("pictures.ledger.flows"), "scale")
    yield from _stock(ledger)
    yield from _flows(ledger)
    wide = _wide(ledger)
    for at, month in enumerate(ledger.months):
        if month.start.month in (1, 4, 7, 10):
            yield label(_LEFT + at * wide, _HEIGHT - 22, f"{month.start:%Y-%m}", "scale middle")
    keys = (("came_in", "in"), ("sent_on", "out"), ("this_bar", "this"))
    for at, (key, kind) in enumerate(keys):
        yield box(_LEFT + 200 * at, _HEIGHT - 13, 10, 10, f"bar {kind}")
        said = words(f"pictures.ledger.{key}")
        yield label(_LEFT + 200 * at + 16, _HEIGHT - 4, said, "scale", 180)


def _stock(ledger: Ledger) -> Iterator[Markup]:
    """What is left at the end of each month, and what this shipment makes of it."""
    after = ledger.left + (ledger.this if ledger.comes_in else -ledger.this)
    held = [month.left for month in ledger.months]
    low, high = min(0, after, *held), max(0, after, *held)
    yield from _grid(low, high)
    wide, at = _wide(ledger), len(held)
    steps = [
        (_LEFT + (n + side) * wide, _y(x, low, high)) for n, x in enumerate(held) for side in (0, 1)
    ]
    yield path(steps, "stock")
    end = _LEFT + at * wide
    yield line(end, _y(ledger.left, low, high), end, _y(after, low, high), "this")
    yield line(end - 6, _y(after, low, high), end + 2, _y(after, low, high), "this")


def _grid(low: float, high: float) -> Iterator[Markup]:
    step = round_step(high - low)
    for at in range(int(low / step), int(high / step) + 1):
        y = _y(at * step, low, high)
        yield line(_LEFT, y, WIDTH - _RIGHT, y, "grid" if at else "axis")
        yield label(_LEFT - 6, y + 4, short(at * step), "scale end")


def _y(kg: float, low: float, high: float) -> float:
    return _FLOOR - _STOCK * (kg - low) / (high - low)


def _flows(ledger: Ledger) -> Iterator[Markup]:
    """Bars of each month, up for what came in and down for what was sent on; this one last."""
    amounts = [amount for month in ledger.months for amount in (month.came_in, month.sent_on)]
    most, wide = max(ledger.this, *amounts), _wide(ledger)
    yield line(_LEFT, _MIDDLE, WIDTH - _RIGHT, _MIDDLE, "axis")
    for at, month in enumerate(ledger.months):
        x = _LEFT + at * wide + 2
        came_in, sent_on = _FLOW * month.came_in / most, _FLOW * month.sent_on / most
        yield box(x, _MIDDLE - came_in, wide - 4, came_in, "bar in")
        yield box(x, _MIDDLE, wide - 4, sent_on, "bar out")
    this = _FLOW * ledger.this / most
    top = _MIDDLE - this if ledger.comes_in else _MIDDLE
    yield box(_LEFT + len(ledger.months) * wide + 2, top, wide - 4, this, "bar this")
    for side in (-1, 1):
        yield label(_LEFT - 6, _MIDDLE + side * _FLOW + 4, short(most), "scale end")


def _wide(ledger: Ledger) -> float:
    """How wide a month is: there is room for one more, where this shipment stands."""
    return (WIDTH - _LEFT - _RIGHT) / (len(ledger.months) + 1)


def _table(ledger: Ledger, words: Words) -> Table:
    heads = ("pictures.month", *(f"pictures.ledger.{x}" for x in ("came_in", "sent_on", "left")))
    rows = [
        (f"{x.start:%Y-%m}", *(f"{kg:,.1f}" for kg in (x.came_in, x.sent_on, x.left)))
        for x in ledger.months
        if x.came_in or x.sent_on
    ]
    return Table([words(head) for head in heads], rows)
