"""What strategies reached week by week as a picture, with what happened to the world marked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..comparison.picture import mark
from .measures import by_week
from .recovery import STRETCH, stretches
from .run import Replayed
from .strategies import EXPLOITATION

# Those with more chance are darker; what is no matter of degree has a colour of its own.
_OTHERS: Mapping[str, dict[str, Any]] = {
    EXPLOITATION: {"color": "#b3261e", "lw": 2.4, "zorder": 5},
    f"{EXPLOITATION}, first model kept": {"color": "0.6", "lw": 1.6},
    "10 % uncertain": {"color": "#e8710a", "lw": 1.6, "ls": (0, (5, 2))},
}
_BLUES = ("#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08306b")
_NAME_WIDTH = 0.3


def draw(replayed: Replayed, path: Path) -> None:
    """Draw the share of the oracle of each strategy, four weeks at a time."""
    figure = Figure(figsize=(9.6, 4.6), layout="constrained")
    axes = figure.subplots()
    blues = iter(_BLUES)
    days = pd.DatetimeIndex([])
    for name, shipments in replayed.everything.items():
        weekly = by_week(shipments).groupby(level="week").sum()
        level = stretches(weekly["found"].to_numpy(), weekly["most"].to_numpy())
        # Each point stands in the middle of its weeks.
        begin = pd.Timestamp(replayed.first_day) + pd.Timedelta(days=3.5 * STRETCH)
        days = begin + pd.to_timedelta(7 * np.arange(len(level)), unit="D")
        style = _OTHERS.get(name) or {"color": next(blues, "0.5"), "lw": 1.5}
        axes.plot(days, level, label=name, **style)
    axes.set(ylim=(0, 1), ylabel=f"share of the oracle, {STRETCH} weeks at a time")
    mark(axes, replayed.shocks, apart=_NAME_WIDTH * (days[-1] - days[0]).days)
    axes.grid(axis="y", alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=9, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, dpi=140)
