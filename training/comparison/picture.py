"""Precision by month as a picture, with what happened to the world marked."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .run import BEST_RULE
from .scoring import ORACLE
from .selectors import FLAGS, GROUP_BY, LIGHTGBM, LOGISTIC, OURS

# How each line is drawn. Others are in the tables: more lines than these cannot be told apart.
LINES: Mapping[str, dict[str, Any]] = {
    ORACLE: {"color": "0.45", "lw": 1.2, "ls": (0, (4, 3))},
    OURS: {"color": "#b3261e", "lw": 2.8, "marker": "o", "ms": 5, "zorder": 5},
    GROUP_BY: {"color": "#1a73e8", "lw": 1.5, "marker": "s", "ms": 3.5},
    LIGHTGBM: {"color": "#188038", "lw": 1.5, "marker": "^", "ms": 4},
    LOGISTIC: {"color": "#e8710a", "lw": 1.3, "marker": "v", "ms": 4},
    FLAGS: {"color": "#9334e6", "lw": 1.3, "marker": "D", "ms": 3},
    BEST_RULE: {"color": "0.6", "lw": 1.3, "marker": ".", "ms": 5},
}  # fmt: skip
# The longest name of a shock takes this share of the width.
_NAME_WIDTH = 0.26
# So many names of months fit beside each other.
_NAMED = 16


def draw(monthly: pd.DataFrame, shocks: Mapping[str, date], path: Path) -> None:
    """Draw precision at 5 % by month, a line per selector, and the shocks within these months."""
    figure = Figure(figsize=(9.6, 4.8), layout="constrained")
    axes = figure.subplots()
    months = pd.PeriodIndex(monthly.columns, freq="M")
    middle = months.start_time + pd.Timedelta(days=14)
    for name, style in LINES.items():
        if name in monthly.index:
            axes.plot(middle, monthly.loc[name].to_numpy(), label=name, **style)
    begin, end = months[0].start_time, months[-1].end_time
    axes.set(xlim=(begin, end), ylim=(0, None), ylabel="precision at 5 %")
    within = {name: day for name, day in shocks.items() if begin <= pd.Timestamp(day) <= end}
    mark(axes, within, apart=_NAME_WIDTH * (end - begin).days)
    axes.set_xticks(middle, _ticks(months))
    axes.tick_params(length=0)
    axes.grid(axis="y", alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=9, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, dpi=140)


def mark(axes: Axes, shocks: Mapping[str, date], apart: float) -> None:
    """A vertical line at each shock, with its name beside its upper end."""
    names = sorted(shocks, key=lambda name: shocks[name])
    for name, level in zip(names, levels([shocks[name] for name in names], apart), strict=True):
        day = pd.Timestamp(shocks[name])
        axes.axvline(day, color="0.3", lw=1, ls=":", zorder=1)
        axes.annotate(
            f" {name}", (day, 1), xycoords=("data", "axes fraction"),
            xytext=(0, 4 + 13 * level), textcoords="offset points", fontsize=8.5, color="0.25",
            arrowprops={"arrowstyle": "-", "color": "0.3", "lw": 1, "ls": ":", "relpos": (0, 0.9),
                        "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip


def levels(days: Sequence[date], apart: float) -> list[int]:
    """How high each name stands: of names less than so many days apart the first is the highest.

    So no line crosses the name of another: a name begins at its line and goes to the right.
    """
    found: list[int] = []
    after: date | None = None
    for day in reversed(days):
        close = after is not None and (after - day).days < apart
        found.append(found[-1] + 1 if close else 0)
        after = day
    return found[::-1]


def _ticks(months: pd.PeriodIndex) -> list[str]:
    """Names of the months, only of some where there are many; a year where it begins."""
    step = -(-len(months) // _NAMED)
    named = [month.strftime("%b") if not at % step else "" for at, month in enumerate(months)]
    begins = [not at or month.month == 1 for at, month in enumerate(months)]
    return [
        f"{name}\n{month.year}" if begin else name
        for name, month, begin in zip(named, months, begins, strict=True)
    ]
