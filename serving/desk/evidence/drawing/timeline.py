"""The firm's past two years: what it declared by month, and the days that count above it."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from ....words import Words
from ..picture import Picture, Table
from ..timeline import Timeline
from .canvas import WIDTH, box, canvas, label, line, round_step, short

_LEFT, _RIGHT, _ROW, _HIGH = 44, 10, 20, 100


def timeline_picture(timeline: Timeline, words: Words) -> Picture:
    """The picture of a firm in time."""
    events = _events(timeline, words)
    top = _ROW * len(events) + 10
    note = " ".join(f"{said}." for _, said, _ in events)
    return Picture(
        words("pictures.timeline.title"),
        canvas("timeline", top + _HIGH + 42, note, _shapes(timeline, events, top, words)),
        words("pictures.timeline.note", shipments=sum(x.shipments for x in timeline.months),
              listed=sum(x.listed for x in timeline.months),
              value=sum(x.value for x in timeline.months)),
        "firm",
        _table(timeline, words),
    )  # fmt: skip


def _events(timeline: Timeline, words: Words) -> list[tuple[date, str, str]]:
    """The days that count, each with its sentence and kind.

    In order, but those told leftwards come last and turned round: so no line crosses a sentence.
    """
    registered = "registered" if timeline.on_register else "registered_by_number"
    days = (
        (timeline.registered, registered, "event"),
        (timeline.first_trade, "first_trade", "event"),
        (timeline.first_listed, "first_listed", "listed"),
        (timeline.day, "this_listed" if timeline.listed_now else "this", "this"),
    )
    told = [
        (day, words(f"pictures.timeline.{key}", day=day), kind) for day, key, kind in days if day
    ]
    rightward = sorted(event for event in told if not _leftward(event[0], timeline))
    return rightward + sorted((x for x in told if _leftward(x[0], timeline)), reverse=True)


def _shapes(
    timeline: Timeline, events: list[tuple[date, str, str]], top: float, words: Words
) -> Iterator[Markup]:
    floor = top + _HIGH
    yield from _unknown(timeline, top, words)
    yield from _bars(timeline, floor)
    yield line(_LEFT, floor, WIDTH - _RIGHT, floor, "axis")
    for month in timeline.months:
        if month.start.month in (1, 4, 7, 10):
            x = _x(month.start, timeline)
            yield line(x, floor, x, floor + 5, "axis")
            yield label(x, floor + 18, f"{month.start:%Y-%m}", "scale middle")
    for row, (day, said, kind) in enumerate(events):
        yield from _event(timeline, day, said, kind, 14 + _ROW * row, floor)
    yield box(_LEFT, floor + 27, 10, 10, "bar")
    other, listed = words("pictures.timeline.other"), words("pictures.timeline.listed")
    yield label(_LEFT + 16, floor + 36, other, "scale", 200)
    yield box(_LEFT + 230, floor + 27, 10, 10, "bar listed")
    yield label(_LEFT + 246, floor + 36, listed, "scale", 300)


def _event(
    timeline: Timeline, day: date, said: str, kind: str, y: float, floor: float
) -> Iterator[Markup]:
    """A day with its sentence; one before the months stands at their edge, with an arrow."""
    x, before = _x(day, timeline), day < timeline.months[0].start
    if not before:
        yield line(x, y - 4, x, floor, kind)
    leftward = _leftward(day, timeline)
    told = f"← {said}" if before else said
    yield label(x - 6 if leftward else x + 6, y, told, f"{kind} {'end' if leftward else ''}")


def _leftward(day: date, timeline: Timeline) -> bool:
    return _x(day, timeline) > WIDTH * 0.55


def _bars(timeline: Timeline, floor: float) -> Iterator[Markup]:
    most = max(month.shipments for month in timeline.months)
    if not most:
        return
    step = max(round_step(most), 1)
    for at in range(1, int(most / step) + 1):
        y = floor - _HIGH * at * step / most
        yield line(_LEFT, y, WIDTH - _RIGHT, y, "grid")
        yield label(_LEFT - 6, y + 4, short(at * step), "scale end")
    wide = (WIDTH - _LEFT - _RIGHT) / len(timeline.months) - 4
    for month in timeline.months:
        x = _x(month.start, timeline) + 2
        high, listed = (_HIGH * n / most for n in (month.shipments, month.listed))
        yield box(x, floor - high, wide, high - listed, "bar")
        yield box(x, floor - listed, wide, listed, "bar listed")


def _unknown(timeline: Timeline, top: float, words: Words) -> Iterator[Markup]:
    """What lies before the records begin, or after the history ends, is not known to be empty."""
    left, right = _x(timeline.months[0].start, timeline), _x(timeline.day, timeline)
    begin = _x(timeline.records_begin, timeline) if timeline.records_begin else right
    end = min(max(_x(timeline.through, timeline), left), right)
    for x, until in ((left, begin), (end, right)):
        if until - x > 60:
            yield box(x, top, until - x, _HIGH, "unknown")
            said = words("pictures.timeline.no_records")
            yield label((x + until) / 2, top + _HIGH / 2, said, "scale middle", until - x)


def _x(day: date, timeline: Timeline) -> float:
    """Months are drawn as wide as one another."""
    first = timeline.months[0].start
    months = 12 * (day.year - first.year) + day.month - first.month + (day.day - 1) / 31
    share = min(max(months / len(timeline.months), 0), 1)
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _table(timeline: Timeline, words: Words) -> Table:
    heads = ("pictures.month", "pictures.shipments", "pictures.timeline.listed", "pictures.value")
    rows = [
        (f"{x.start:%Y-%m}", f"{x.shipments:,}", f"{x.listed:,}", f"{x.value:,.0f}")
        for x in timeline.months
        if x.shipments
    ]
    return Table([words(head) for head in heads], rows)
