"""What moved, drawn."""

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from shiprisk.models import RiskModel

from .bins import Bins
from .found import MOVED, compared_counts
from .hubs import ALL
from .run import Drift
from .spread import stability_index

_SIGNALS, _HUBS = 18, 14
_BEFORE, _NOW, _QUIET, _ALARM = "0.65", "#1a73e8", "#9db7d5", "#b3261e"


def draw_signals(found: Drift, path: Path) -> None:
    """Draw the signals that moved furthest, those that alarm in red."""
    title = "How far signals moved that may matter; red: for sure, and it matters to the model"
    _indices(found.signals.assign(red=found.signals["drifted"]), title, path)


def draw_inputs(model: RiskModel, before: np.ndarray, now: np.ndarray, path: Path) -> None:
    """Draw how far signals (rows × signals each) moved from one period to another.

    Those come first that matter most: by their index times their part of the trees' gain.
    """
    gain, rows = model.booster.feature_importance("gain"), {}
    for at, signal in enumerate(model.declared_signals):
        bins = (Bins.of_category if signal.is_category else Bins.of)(before[:, at])
        index = stability_index(bins.counts(before[:, at]), bins.counts(now[:, at]))
        matters = index * gain[at]
        rows[signal.name] = {
            "family": signal.family, "index": index, "matters": matters, "red": False
        }  # fmt: skip
    table = pd.DataFrame.from_dict(rows, orient="index").sort_values("matters", ascending=False)
    _indices(table, "How far signals moved since training; first what matters most", path)


def draw_risk(found: Drift, path: Path) -> None:
    """Draw how risks are spread, by the bins of the training period, and the lanes."""
    bins, before, now = compared_counts(found.reference.risk, found.risk)
    figure = Figure(figsize=(8.5, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(2, 1))
    ends = [f"≤ {edge:.2%}" for edge in bins.edges] + [f"> {bins.edges[-1]:.2%}"]
    _pairs(left, ends, before[:-1], now[:-1])
    left.tick_params(axis="x", rotation=35)
    left.set(title="Risk", ylabel="share of shipments")
    lanes = found.lanes.drop(index="green")
    _pairs(right, lanes.index.tolist(), lanes["before"].to_numpy(), lanes["now"].to_numpy())
    right.set(title="Lane")
    left.legend(frameon=False)
    figure.savefig(path, dpi=110)


def draw_hubs(found: Drift, path: Path) -> None:
    """Draw the countries that gained and lost most of the imports of listed goods."""
    of_all = found.hubs[found.hubs["heading"] == ALL]
    furthest = of_all["gained"].abs().sort_values(ascending=False, kind="stable").index[:_HUBS]
    shown = of_all.loc[furthest].sort_values("gained", ascending=False, kind="stable")
    figure = Figure(figsize=(8.5, 3.6), layout="constrained")
    axes = figure.subplots()
    _pairs(axes, shown["country"].tolist(), shown["share_before"], shown["share_now"])
    axes.set(
        title="Countries of dispatch of listed goods, from the largest gain to the largest loss",
        ylabel="share of imports",
    )
    axes.title.set_fontsize(10)
    axes.legend(frameon=False)
    figure.savefig(path, dpi=110)


def _indices(signals: pd.DataFrame, title: str, path: Path) -> None:
    shown = signals.head(_SIGNALS)[::-1]
    figure = Figure(figsize=(8.5, 6), layout="constrained")
    axes = figure.subplots()
    names = [f"{name}  ({of})" for name, of in shown["family"].items()]
    axes.barh(names, shown["index"], color=np.where(shown["red"], _ALARM, _QUIET))
    axes.axvline(MOVED, color="0.3", lw=1, ls=":")
    axes.set(xlabel=f"population stability index (dotted: {MOVED:g})", xscale="log")
    axes.set_title(title, fontsize=10)
    axes.grid(alpha=0.25, axis="x")
    figure.savefig(path, dpi=110)


def _pairs(axes: Axes, names: list[str], before: np.ndarray, now: np.ndarray) -> None:
    at = np.arange(len(names))
    axes.bar(at - 0.2, before, 0.4, color=_BEFORE, label="training period")
    axes.bar(at + 0.2, now, 0.4, color=_NOW, label="now")
    axes.set_xticks(at, names)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.grid(alpha=0.25, axis="y")
