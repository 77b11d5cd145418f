"""Shapes of a picture. All text is escaped, cut to its room, and whole where the pointer rests."""

import math
import re
from collections.abc import Iterable

from markupsafe import Markup

WIDTH = 900

# About how many pixels a character takes, in a wide font at the size of the text.
_NARROW, _SMALL, _LARGE, _BOLD = 4.4, 7.3, 9.2, 1.1
_NARROW_ONES = frozenset(" .,:;'|!()[]/ijlftI-·")

# Characters that no XML document may hold, or that do not come out of it as they went in.
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def canvas(kind: str, height: float, told: str, shapes: Iterable[Markup]) -> Markup:
    """A picture. kind: its class. told: what it shows, for who cannot see it."""
    return Markup(
        '<svg class="picture {}" role="img" viewBox="0 0 {} {:.0f}" aria-label="{}">{}</svg>'
    ).format(kind, WIDTH, height, legal(told), Markup("").join(shapes))


def label(x: float, y: float, said: str, kind: str = "", room: float = math.inf) -> Markup:
    """A line of text. room: how many pixels it may take."""
    whole = legal(said)
    fits = _cut(whole, room / _BOLD if "name" in kind else room)
    title = Markup("<title>{}</title>").format(whole) if fits != whole else ""
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}{}</text>').format(
        kind, x, y, title, fits
    )


def box(x: float, y: float, width: float, height: float, kind: str, round_: int = 0) -> Markup:
    """A rectangle."""
    return Markup(
        '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{}"/>'
    ).format(kind, x, y, width, height, round_)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight line."""
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
        kind, x1, y1, x2, y2
    )


def dot(x: float, y: float, radius: float, kind: str) -> Markup:
    """A circle."""
    return Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(
        kind, x, y, radius
    )


def path(points: Iterable[tuple[float, float]], kind: str) -> Markup:
    """Straight lines through points."""
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Markup('<polyline class="{}" points="{}"/>').format(kind, told)


def round_step(most: float) -> float:
    """A round step, of which at most five reach to a number above zero."""
    rough = most / 5
    ten = 10 ** math.floor(math.log10(rough))
    return next(step * ten for step in (1, 2, 5, 10) if step * ten >= rough)


def short(amount: float) -> str:
    """A number for a scale: 950, 12k, 3.4M."""
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(amount) >= size:
            return f"{amount / size:.3g}{sign}".replace("-", "−")
    return f"{amount:.3g}".replace("-", "−")


def _cut(whole: str, room: float) -> str:
    taken = 0.0
    for at, sign in enumerate(whole):
        taken += _NARROW if sign in _NARROW_ONES else _LARGE if sign.isupper() else _SMALL
        if taken > room:
            return f"{whole[: max(at - 1, 1)]}…"
    return whole


def legal(said: str) -> str:
    """Text without what would break a picture taken out of its page."""
    return _NO_XML.sub("\ufffd", said)
