"""How good the model was: by group, over folds, after a refit, and against a known truth."""

from collections.abc import Iterator

from ..evaluation import Evaluation, Truth
from .table import number, table

_MAIN = {
    "all": "All inspected shipments",
    "traders_never_seen": "Firms never seen before",
    "goods_route_never_seen": "Goods on a route never seen before",
    "repeats": "Repeats of an inspected shipment (same code, route and mass)",
    "not_repeats": "Not such repeats",
    "without_owner_nationality": "All, model not told of owner nationality",
    "by_declared_value": "All, ranked by declared value alone",
    "at_random": "All, at random",
}
_METRICS = {
    "rows": ("shipments", "{:,.0f}"),
    "violation_rate": ("violations", "{:.1%}"),
    "precision_at_1": ("precision at 1 %", "{:.3f}"),
    "precision_at_2": ("2 %", "{:.3f}"),
    "precision_at_5": ("5 %", "{:.3f}"),
    "precision_at_10": ("10 %", "{:.3f}"),
    "firm_precision_at_5": ("by firm, 5 %", "{:.3f}"),
    "recall_at_5": ("recall at 5 %", "{:.3f}"),
    "value_at_5": ("value at 5 %", "{:.3f}"),
    "of_oracle_at_5": ("of the oracle at 5 %", "{:.3f}"),
    "average_precision": ("average precision", "{:.3f}"),
    "roc_auc": ("AUC", "{:.3f}"),
    "brier": ("Brier", "{:.4f}"),
    "calibration_error": ("calibration error", "{:.4f}"),
}
_SPREAD = ("precision_at_1", "precision_at_2", "precision_at_5", "daily_precision_at_5",
           "firm_precision_at_5", "recall_at_5", "value_at_5", "of_oracle_at_5",
           "average_precision", "brier", "calibration_error")  # fmt: skip
_OTHER = ("rows", "violation_rate", "precision_at_5", "firm_precision_at_5", "recall_at_5",
          "average_precision")  # fmt: skip


def metrics_table(evaluation: Evaluation) -> str:
    """The metrics of the main groups as a Markdown table."""
    return _of_groups(evaluation, _MAIN, tuple(_METRICS))


def folds(evaluation: Evaluation) -> str:
    """Mean and spread over the folds, and what a refit keeps of the top."""
    kept = ", ".join(
        f"{share:.0%} of the riskiest {name.removeprefix('overlap_at_')} %"
        for name, share in evaluation.stability.items()
    )
    refit = f"A refit on the outcomes of one more fold keeps {kept}."
    if not evaluation.spread:
        return f"One fold only: how far the figures move from fold to fold is not known. {refit}"
    head = ["", *(f"fold {fold + 1}" for fold in range(len(evaluation.folds))), "mean", "± spread"]
    rows = []
    for metric in _SPREAD:
        values = [fold.get(metric, float("nan")) for fold in evaluation.folds]
        cells = [number(value) for value in (*values, *evaluation.spread[metric])]
        rows.append([metric.replace("_", " ") + (" %" if "_at_" in metric else ""), *cells])
    return f"{table(head, rows)}\n\nSpread is the standard deviation over folds. {refit}"


def other_groups(evaluation: Evaluation) -> str:
    """Metrics by goods tier, country of dispatch and month."""
    shown = {name: _named(name) for name in evaluation.groups if name not in _MAIN}
    if not shown:
        return "No tier, country or month holds enough violations to be measured apart."
    return (
        f"{_of_groups(evaluation, shown, _OTHER)}\n\nGroups with fewer than five violations are "
        "left out: they say nothing."
    )


def against_truth(truth: Truth) -> str:
    """What only a simulated world can say: all shipments, inspected or not."""
    shown = ("precision_at_1", "precision_at_2", "precision_at_5", "recall_at_5", "value_at_5")
    head = ["", *(_METRICS.get(name, (name,))[0] for name in shown)]
    rows = [
        [title, *(number(of[name]) for name in shown)]
        for title, of in (("this model", truth.model), ("declared value", truth.by_declared_value))
    ]
    kinds = [
        [name, f"{of['diverted']:,.0f}", *(number(of[f"recall_at_{at}"]) for at in (1, 5, 10))]
        for name, of in truth.recall.items()
    ]
    recall = table(["typology", "diverted", "recall at 1 %", "5 %", "10 %"], kinds)
    return f"{table(head, rows)}\n\n{recall}"


def _of_groups(evaluation: Evaluation, shown: dict[str, str], metrics: tuple[str, ...]) -> str:
    head = ["", *(_METRICS[name][0] for name in metrics)]
    return table(head, _rows(evaluation, shown, metrics))


def _rows(
    evaluation: Evaluation, shown: dict[str, str], metrics: tuple[str, ...]
) -> Iterator[list[str]]:
    for group, title in shown.items():
        if found := evaluation.groups.get(group):
            cells = [
                _METRICS[name][1].format(found[name]) if name in found else "–" for name in metrics
            ]
            yield [title, *cells]


def _named(group: str) -> str:
    kind, _, name = group.partition("_")
    titles = {"tier": f"priority list, tier {name}", "from": f"sent from {name}", "month": name}
    return titles.get(kind, group.replace("_", " "))
