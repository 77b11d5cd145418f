"""Pictures that a person would look at after a training run."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from shiprisk.models import RiskModel

from .evaluation import Evaluation

# Contributions are drawn for at most so many shipments.
_DRAWN = 2000
_NAMED = 2  # signals of each family


def precision_at_capacity(evaluation: Evaluation, path: Path) -> None:
    """Draw the hit rate at every capacity, beside what others would reach."""
    labels, risk = evaluation.inspected.labels, evaluation.inspected.risk
    share, precision = _hit_rates(labels, risk)
    figure = Figure(figsize=(7, 4.2), layout="constrained")
    axes = figure.subplots()
    axes.plot(share, np.minimum(1, labels.mean() * 100 / share), color="0.6", ls="--",
              label="oracle: no ranking can do better")  # fmt: skip
    axes.plot(share, precision, color="#b3261e", lw=2, label="shiprisk")
    if "customs_value_usd" in evaluation.inspected.records:
        by_value = _hit_rates(labels, np.nan_to_num(evaluation.inspected.value))[1]
        axes.plot(share, by_value, color="#1a73e8", lw=1.2, label="by declared value alone")
    axes.axhline(labels.mean(), color="0.3", lw=1, ls=":", label="at random")
    axes.set(
        xlabel="share inspected, %", ylabel="share of inspections with a violation",
        xscale="log", xlim=(0.5, 100), ylim=(0, 1.03),
        title=f"{len(labels):,} inspected shipments of the last period",
    )  # fmt: skip
    ticks = (0.5, 1, 2, 5, 10, 20, 50, 100)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.legend(frameon=False)
    axes.grid(alpha=0.25)
    figure.savefig(path, dpi=120)


def reliability(evaluation: Evaluation, path: Path, bins: int = 10) -> None:
    """Draw how often a violation was found where the model said so."""
    inspected = evaluation.inspected
    order = np.argsort(inspected.risk, kind="stable")
    groups = [rows for rows in np.array_split(order, bins) if len(rows)]
    said = [inspected.risk[rows].mean() for rows in groups]
    found = np.array([inspected.labels[rows].mean() for rows in groups])
    spread = 1.96 * np.sqrt(found * (1 - found) / [len(rows) for rows in groups])
    figure = Figure(figsize=(4.6, 4.4), layout="constrained")
    axes = figure.subplots()
    most = min(1.0, max(*said, *found) * 1.08 + 0.01)
    axes.plot([0, most], [0, most], color="0.6", ls="--", label="as it should be")
    axes.errorbar(
        said, found, spread, fmt="o-", color="#b3261e", capsize=2, label="tenths of shipments"
    )
    axes.set(xlabel="risk said", ylabel="violations found", xlim=(0, most), ylim=(0, most))
    axes.legend(frameon=False)
    axes.grid(alpha=0.25)
    figure.savefig(path, dpi=120)


def gain_by_family(model: RiskModel, path: Path) -> None:
    """Draw which families of signals the trees gained by, each with its strongest signals."""
    gain = model.booster.feature_importance("gain")
    of_family: dict[str, list[tuple[float, str]]] = {}
    for share, signal in zip(gain / max(gain.sum(), 1e-9), model.declared_signals, strict=True):
        of_family.setdefault(signal.family, []).append((float(share), signal.name))
    families = sorted(of_family, key=lambda name: sum(x for x, _ in of_family[name]))
    figure = Figure(figsize=(9, 4.6), layout="constrained")
    axes = figure.subplots()
    for at, family in enumerate(families):
        _family(axes, at, sorted(of_family[family], reverse=True))
    axes.set_yticks(range(len(families)), families)
    axes.set(xlabel="part of the gain", title="Gain by family, the strongest signals first")
    axes.set_xlim(0, axes.get_xlim()[1] * 1.6)  # room for the names
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.grid(alpha=0.25, axis="x")
    figure.savefig(path, dpi=120)


def contributions(model: RiskModel, evaluation: Evaluation, path: Path) -> None:
    """Draw which signals moved the risk, and in which direction, with shap's own plot."""
    import matplotlib.pyplot as plt
    import shap

    matrix = evaluation.inspected.matrix
    matrix = matrix[:: max(1, len(matrix) // _DRAWN)]
    values = model.contributions(matrix)
    explanation = shap.Explanation(
        values[:, :-1], values[:, -1], matrix, feature_names=model.signals
    )
    plt.switch_backend("agg")
    shap.plots.beeswarm(explanation, max_display=20, show=False, plot_size=(9, 7))
    plt.gca().set_xlabel("contribution to the log-odds of the risk")
    plt.gcf().savefig(path, dpi=110, bbox_inches="tight")
    plt.close()


def _family(axes: Axes, at: int, signals: list[tuple[float, str]]) -> None:
    """One bar, parted by signal, with the names of the strongest after it."""
    left = 0.0
    for number, (share, _) in enumerate(signals):
        axes.barh(at, share, left=left, color=("#6f9fd8", "#a9c6ea")[number % 2])
        left += share
    named = ", ".join(name for share, name in signals[:_NAMED] if share > 0)
    axes.text(left, at, f"  {named}", va="center", fontsize=7.5, color="0.25")


def _hit_rates(labels: np.ndarray, ranking: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share inspected in percent, and the hit rate among those, from half a percent upwards."""
    order = np.argsort(-ranking, kind="stable")
    inspected = np.arange(1, len(labels) + 1)
    share = inspected * 100 / len(labels)
    shown = share >= 0.5
    return share[shown], (np.cumsum(labels[order]) / inspected)[shown]
