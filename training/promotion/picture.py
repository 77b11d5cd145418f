"""What a promotion would change at the top, as a picture."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .comparison import Comparison

_SHARE = 0.05
_FOUND, _CLEAR = "#b3261e", "0.62"


def top_before_and_after(found: Comparison, path: Path) -> None:
    """Draw each judged shipment's place with the champion and with the challenger.

    Left of the upright line and below the level one are the riskiest 5 % of each; what stands in
    one corner only is taken up or let go by the change.
    """
    before, after = _places(found.champion.risk), _places(found.challenger.risk)
    labels = found.judged.labels.astype(bool)
    capacity = max(1, round(len(labels) * _SHARE))
    figure = Figure(figsize=(6.6, 6.2), layout="constrained")
    axes = figure.subplots()
    for rows, colour, size, name in (
        (~labels, _CLEAR, 7, "nothing found"), (labels, _FOUND, 18, "violation"),
    ):  # fmt: skip
        axes.scatter(before[rows], after[rows], s=size, c=colour, lw=0, label=name)
    axes.axvline(capacity + 0.5, color="0.3", lw=0.8)
    axes.axhline(capacity + 0.5, color="0.3", lw=0.8)
    axes.set(
        xscale="log", yscale="log", xlim=(0.8, len(labels) * 1.2), ylim=(0.8, len(labels) * 1.2),
        xlabel=f"place with the champion, version {found.sides.champion}",
        ylabel=f"place with the challenger, version {found.sides.challenger}",
        title=f"{len(labels):,} inspected shipments; the lines are at 5 %",
    )  # fmt: skip
    _count_corners(axes, before <= capacity, after <= capacity, labels)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(0.0, 0.88))
    figure.savefig(path, dpi=120)


def _places(risk: np.ndarray) -> np.ndarray:
    """The place of each risk, the highest first; equals in the order given."""
    places = np.empty(len(risk), dtype=np.int64)
    places[np.argsort(-risk, kind="stable")] = np.arange(1, len(risk) + 1)
    return places


def _count_corners(axes: Axes, before: np.ndarray, after: np.ndarray, labels: np.ndarray) -> None:
    corners = (
        ("let go", before & ~after, (0.02, 0.98, "left", "top")),
        ("taken up", ~before & after, (0.98, 0.02, "right", "bottom")),
        ("in both", before & after, (0.02, 0.02, "left", "bottom")),
    )
    for name, rows, (x, y, side, level) in corners:
        told = f"{name}: {labels[rows].sum():,} violations of {rows.sum():,}"
        axes.text(
            x, y, told, transform=axes.transAxes, ha=side, va=level, fontsize=9,
            bbox={"facecolor": "white", "alpha": 0.85, "lw": 0},
        )  # fmt: skip
