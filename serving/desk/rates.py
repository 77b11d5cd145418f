"""Rates as pictures: SVG, drawn here, nothing loaded."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from ..words import Words
from .figures import Figures, Rate

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 240, 50, 24, 12, 34

# The scale ends at one of these.
_ENDS = (0.04, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)

# Weeks shown; further back there is the table.
_MOST_WEEKS = 40


def weeks_picture(figures: Figures, words: Words) -> Markup:
    """Violations per inspection, week by week: by the model, and at random to compare with."""
    weeks = list(figures.weeks)[-_MOST_WEEKS:]
    most = _end(rates[route].high for _, rates in weeks for route in rates if route in _DRAWN)
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(weeks))
    drawn = [
        _point(_LEFT + step * (at + 0.5) + shift, rates[route], most, route)
        for at, (_, rates) in enumerate(weeks)
        for route, shift in _DRAWN.items()
        if route in rates
    ]
    named = [
        _below(_LEFT + step * (at + 0.5), f"{week:%m-%d}")
        for at, (week, _) in enumerate(weeks)
        if at % max(1, len(weeks) // 8) == 0
    ]
    return _picture(words("figures.weeks_told", n=len(weeks)), most, [*drawn, *named])


def risks_picture(figures: Figures, words: Words) -> Markup:
    """Violations per inspection against the risk that was told; on the line both are the same."""
    most = _end(max(one.told, one.rate.high) for one in figures.bins)
    across = _WIDTH - _LEFT - _RIGHT
    line = Markup('<line class="same" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>').format(
        _LEFT, _y(0, most), _LEFT + across, _y(most, most)
    )
    points = [
        _point(_LEFT + across * one.told / most, one.rate, most, "model") for one in figures.bins
    ]
    marks = [_below(_LEFT + across * at / 4, f"{most * at / 4:.0%}") for at in range(5)]
    return _picture(words("figures.risks_told", n=len(figures.bins)), most, [line, *points, *marks])


# Drawn beside each other, so that neither hides the other's interval.
_DRAWN = {"model": -3.0, "random": 3.0}


def _picture(told: str, most: float, parts: Sequence[Markup]) -> Markup:
    lines = [
        Markup(
            '<line class="mark" x1="{}" x2="{}" y1="{y:.1f}" y2="{y:.1f}"/>'
            '<text class="scale" x="{}" y="{:.1f}">{}</text>'
        ).format(
            _LEFT, _WIDTH - _RIGHT, _LEFT - 8, _y(most * at / 4, most) + 4, f"{most * at / 4:.0%}",
            y=_y(most * at / 4, most),
        )
        for at in range(5)
    ]  # fmt: skip
    return Markup(
        '<svg class="rates" role="img" viewBox="0 0 {} {}" aria-label="{}">{}{}</svg>'
    ).format(_WIDTH, _HEIGHT, told, Markup("").join(lines), Markup("").join(parts))


def _point(x: float, rate: Rate, most: float, kind: str) -> Markup:
    return Markup(
        '<g class="{0}"><line x1="{1:.1f}" x2="{1:.1f}" y1="{2:.1f}" y2="{3:.1f}"/>'
        '<circle cx="{1:.1f}" cy="{4:.1f}" r="4"><title>{5}/{6}</title></circle></g>'
    ).format(
        kind, x, _y(rate.low, most), _y(rate.high, most), _y(rate.share, most), rate.found, rate.of
    )


def _below(x: float, text: str) -> Markup:
    return Markup('<text class="below" x="{:.1f}" y="{}">{}</text>').format(x, _HEIGHT - 12, text)


def _end(shares: Iterable[float]) -> float:
    """Where a scale ends that holds all of them."""
    highest = max(shares, default=1.0)
    return next((end for end in _ENDS if end >= highest), 1.0)


def _y(share: float, most: float) -> float:
    return _TOP + (1 - share / most) * (_HEIGHT - _TOP - _BOTTOM)
