"""Pictures that a person would look at after a training run."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from shiprisk.models import RiskModel

from .evaluation import Evaluation

# Contributions are drawn for at most so many shipments.
_DRAWN = 2000


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
    plt.gcf().savefig(path, dpi=110, bbox_inches="tight")
    plt.close()


def _hit_rates(labels: np.ndarray, ranking: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share inspected in percent, and the hit rate among those, from half a percent upwards."""
    order = np.argsort(-ranking, kind="stable")
    inspected = np.arange(1, len(labels) + 1)
    share = inspected * 100 / len(labels)
    shown = share >= 0.5
    return share[shown], (np.cumsum(labels[order]) / inspected)[shown]
