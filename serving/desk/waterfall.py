"""The way from the base to the risk as a picture: SVG, drawn here, nothing loaded."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from ..words import Words

_WIDTH, _ROW, _LEFT, _RIGHT, _HEAD = 800, 30, 236, 80, 34
_RISKS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99)


class Bar(NamedTuple):
    """What a family added. start, end: log-odds before and after it."""

    family: str
    start: float
    end: float


def waterfall(bars: Sequence[Bar], base: float, risk: float, words: Words) -> Markup:
    """The picture: one row for each bar between the base and the risk, in the order given.

    The scale is in log-odds, where contributions add up; its marks say which risk that is.
    """
    last = bars[-1].end if bars else base
    at = [base, last, *(x for bar in bars for x in (bar.start, bar.end))]
    low, high = min(at) - 0.3, max(at) + 0.3
    names = [words(f"families.{bar.family}") for bar in bars]
    this_one = words("waterfall.this_one", percent=100 * risk)
    rows = [
        _level(words("waterfall.on_average"), base, low, high, 0),
        *(
            _bar(bar, name, low, high, at)
            for at, (bar, name) in enumerate(zip(bars, names, strict=True), 1)
        ),
        _level(this_one, last, low, high, len(bars) + 1),
    ]
    height = _HEAD + _ROW * len(rows) + 8
    added = [_signed(bar.end - bar.start) for bar in bars]
    told = ", ".join(f"{name} {by}" for name, by in zip(names, added, strict=True))
    return Markup(
        '<svg class="waterfall" role="img" viewBox="0 0 {} {}" aria-label="{}">{}{}</svg>'
    ).format(
        _WIDTH,
        height,
        words("waterfall.told", base=100 * _risk(base), percent=100 * risk, bars=told),
        _marks(low, high, height),
        Markup("").join(rows),
    )


def _bar(bar: Bar, name: str, low: float, high: float, row: int) -> Markup:
    start, end = _x(bar.start, low, high), _x(bar.end, low, high)
    kind = "for" if bar.end > bar.start else "against"
    y = _HEAD + _ROW * row
    return _name(name, y) + Markup(
        '<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="18" rx="2"/>'
        '<text class="by" x="{:.1f}" y="{}">{}</text>'
    ).format(
        kind, min(start, end), y + 4, max(abs(end - start), 1), max(start, end) + 6, y + 18,
        _signed(bar.end - bar.start),
    )  # fmt: skip


def _level(called: str, at: float, low: float, high: float, row: int) -> Markup:
    x, y = _x(at, low, high), _HEAD + _ROW * row
    return _name(called, y) + Markup(
        '<line class="level" x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/>'
    ).format(x, x, y + 1, y + 25)


def _name(called: str, y: int) -> Markup:
    return Markup('<text class="name" x="{}" y="{}">{}</text>').format(
        _LEFT - 12, y + 18, escape(called)
    )


def _marks(low: float, high: float, height: int) -> Markup:
    """Lines at round risks, those that lie too near to another left out."""
    drawn, before = [], -math.inf
    for risk in _RISKS:
        at = math.log(risk / (1 - risk))
        if not low < at < high or _x(at, low, high) - before < 52:
            continue
        before = _x(at, low, high)
        drawn.append(
            Markup(
                '<line class="mark" x1="{0:.1f}" x2="{0:.1f}" y1="22" y2="{1}"/>'
                '<text class="scale" x="{0:.1f}" y="14">{2}</text>'
            ).format(before, height - 6, f"{risk:.3g}" if risk < 0.01 else f"{risk:.0%}")
        )
    return Markup("").join(drawn)


def _x(at: float, low: float, high: float) -> float:
    return _LEFT + (at - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT)


def _risk(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _signed(added: float) -> str:
    return f"{added:+.2f}".replace("-", "\N{MINUS SIGN}")
