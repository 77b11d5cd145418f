"""What holds for all shipments, and how far the risks can be believed."""

from ..evaluation import Evaluation
from .table import interval, number, table

_SHARES = {
    "violation_rate": "violations among all shipments",
    "precision_at_1": "precision at 1 %",
    "precision_at_2": "precision at 2 %",
    "precision_at_5": "precision at 5 %",
    "precision_at_10": "precision at 10 %",
    "precision_by_value_at_5": "precision at 5 %, by declared value alone",
    "recall_at_5": "recall at 5 %",
}
_WHERE = {
    "inspected": "inspected shipments",
    "random": "the random part",
    "weighed": "all shipments, by weights",
}
_WHOSE = {"all": "all", "traders_never_seen": "firms never seen"}


def estimates(evaluation: Evaluation) -> str:
    """Estimates for all shipments, with intervals."""
    parts = evaluation.selective
    columns = (parts.random, parts.clipped, parts.unclipped)
    head = ["", "random part", "every route, weights clipped", "weights not clipped"]
    rows = [
        [title, *(interval(of.shares[name]) for of in columns)] for name, title in _SHARES.items()
    ]
    sizes = [f"{of.rows:,} ({of.effective:,.0f})" for of in columns]
    rows.append(["inspections (as many of equal weight)", *sizes])
    return (
        "What inspection of all shipments of the test period would find, with 95 % intervals. The "
        f"riskiest are those of all shipments, inspected or not.\n\n{table(head, rows)}"
    )


def calibration(evaluation: Evaluation) -> str:
    """Risks said beside violations found, on each population."""
    head = ["", "", "shipments", "mean risk", "violations", "error", "by chance alone"]
    rows = []
    for name, found in evaluation.calibration.items():
        where, whose = name.split(".")
        chance = f"{found.by_chance:.3f}, up to {found.by_chance_high:.3f}"
        rows.append([
            _WHERE[where], _WHOSE[whose], f"{found.rows:,}", number(found.said),
            number(found.found), number(found.error), chance,
        ])  # fmt: skip
    return (
        f"{table(head, rows, texts=2)}\n\nError: expected calibration error in tenths of the "
        "shipments. By chance alone: the error that perfect risks would show in so few shipments, "
        "on average and in one of twenty draws."
    )
