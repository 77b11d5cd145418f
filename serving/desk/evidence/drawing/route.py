"""The way of the goods as a path of stops, and below it how usual each part is."""

from collections.abc import Iterator

from markupsafe import Markup

from ....words import Words
from ....words.countries import country_name
from ..picture import Picture
from ..route import Route, Stop
from .canvas import WIDTH, box, canvas, dot, label, line

_Y, _ROW, _USUAL, _BAR = 62, 22, 164, 120


def route_picture(route: Route, words: Words) -> Picture:
    """The picture of a route."""
    told = " → ".join(_told(stop, words) for stop in route.stops)
    title = words("pictures.route.title")
    if route.mode:
        title += ", " + words(f"pictures.route.modes.{route.mode}")
    note = _told(route.seller, words) if route.seller else ""
    usual = "; ".join(_share(route, at, words) for at in range(len(route.usual)))
    height = _USUAL + _ROW * len(route.usual)
    return Picture(
        title,
        canvas("route", height, f"{title}: {told}. {note} {usual}", _shapes(route, words)),
        note,
        "route",
    )


def _shapes(route: Route, words: Words) -> Iterator[Markup]:
    drawn = [*route.stops, *([route.seller] if route.seller else [])]
    wide = WIDTH / len(drawn)
    at = [wide * (place + 0.5) for place in range(len(drawn))]
    yield line(at[0], _Y, at[len(route.stops) - 1], _Y, "way")
    if route.seller:
        yield line(at[-2], _Y, at[-1], _Y, "aside")
    for x, stop in zip(at, drawn, strict=True):
        yield from _stop(stop, x, wide - 8, words)
    for row, usual in enumerate(route.usual):
        y = _USUAL + _ROW * row
        yield box(0, y - 10, _BAR, 10, "ground")
        yield box(0, y - 10, _BAR * usual.part / usual.of, 10, "bar")
        yield label(_BAR + 12, y, _share(route, row, words), "", WIDTH - _BAR - 12)


def _stop(stop: Stop, x: float, room: float, words: Words) -> Iterator[Markup]:
    roles = ", ".join(words(f"pictures.route.{role}") for role in stop.roles)
    yield label(x, 20, roles, "scale middle", room)
    marked = "concern" if stop.concern else "hub" if stop.hub else ""
    if stop.office is not None:
        yield box(x - 8, _Y - 8, 16, 16, "stop")
        yield label(x, _Y + 30, stop.office, "middle", room)
        return
    code = stop.country or ""
    yield dot(x, _Y, 20, f"stop {marked}")
    yield label(x, _Y + 5, code, "code middle")
    yield label(x, _Y + 40, country_name(code, words.language), "middle", room)
    if marked:
        yield label(x, _Y + 58, words(f"pictures.route.{marked}"), f"{marked} middle", room)


def _told(stop: Stop, words: Words) -> str:
    """A stop in words."""
    roles = ", ".join(words(f"pictures.route.{role}") for role in stop.roles)
    name = stop.office or f"{country_name(stop.country or '', words.language)} ({stop.country})"
    marks = [words(f"pictures.route.{mark}") for mark in ("hub", "concern") if getattr(stop, mark)]
    return ", ".join([f"{roles}: {name}", *marks])


def _share(route: Route, at: int, words: Words) -> str:
    usual = route.usual[at]
    return words(
        f"pictures.route.usual.{usual.what}", part=usual.part, of=usual.of,
        share=100 * usual.part / usual.of, goods=route.goods or words("pictures.not_known"),
    )  # fmt: skip
