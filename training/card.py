"""The model card: what the model is, on what it rests, how good it was, and its limits."""

from collections.abc import Mapping

from shiprisk.models import RiskModel

from .train import Trained

_GROUPS = {
    "all": "All inspected shipments",
    "traders_never_seen": "Firms never seen before",
    "goods_route_never_seen": "Goods on a route never seen before",
    "repeats": "Repeats of an inspected shipment (same code, route and mass)",
    "not_repeats": "Not such repeats",
    "without_owner_nationality": "All, model not told of owner nationality",
    "by_declared_value": "All, ranked by declared value alone",
}
_METRICS = {
    "rows": ("shipments", "{:,.0f}"),
    "violation_rate": ("violations", "{:.1%}"),
    "precision_at_1": ("precision at 1 %", "{:.3f}"),
    "precision_at_2": ("2 %", "{:.3f}"),
    "precision_at_5": ("5 %", "{:.3f}"),
    "precision_at_10": ("10 %", "{:.3f}"),
    "recall_at_5": ("recall at 5 %", "{:.3f}"),
    "value_at_5": ("value at 5 %", "{:.3f}"),
    "average_precision": ("average precision", "{:.3f}"),
    "roc_auc": ("AUC", "{:.3f}"),
    "brier": ("Brier", "{:.4f}"),
    "calibration_error": ("calibration error", "{:.4f}"),
}


def model_card(trained: Trained) -> str:
    """The card as Markdown."""
    model = trained.model
    parts = (
        card_summary(trained), _signals(model), _lost(trained.lost), _lists(model), _limits()
    )  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def card_summary(trained: Trained) -> str:
    """The first part of the card: what the model is and how good it was."""
    measured = f"## How good it was\n\n{_measured_on(trained)}\n\n{metrics_table(trained)}"
    return "\n\n".join((_what(trained), measured, _owner(trained)))


def metrics_table(trained: Trained) -> str:
    """The metrics of every group as a Markdown table."""
    head = [name for name, _ in _METRICS.values()]
    lines = ["| | " + " | ".join(head) + " |", "|---" + "|---:" * len(head) + "|"]
    for group, title in _GROUPS.items():
        if metrics := trained.evaluation.groups.get(group):
            cells = [
                form.format(metrics[name]) if name in metrics else "–"
                for name, (_, form) in _METRICS.items()
            ]
            lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _what(trained: Trained) -> str:
    about = trained.model.about
    return (
        f"# Model {trained.model.version}\n\n"
        "Risk that an inspection of a shipment finds a violation, with exact reasons. It ranks "
        "shipments for a limited number of inspections. A high risk is a reason to look, not a "
        "proof.\n\n"
        f"- Trained on {about['declarations']:,} declarations from {about['first_day']} to "
        f"{about['last_day']}, of which {about['inspected']:,} were inspected.\n"
        f"- {about['trees']} trees.\n"
        f"- Lanes: red from risk {trained.model.lanes.red:.3f}, yellow from "
        f"{trained.model.lanes.yellow:.3f}."
    )


def _measured_on(trained: Trained) -> str:
    periods = trained.periods
    if periods.test_from is None:
        return (
            f"Measured on {periods.choose_from} to the end, the period on which the number of "
            "trees was chosen: slightly too good. No test period was kept."
        )
    return (
        f"Measured on {periods.test_from} to the end by a model that knew only what was known "
        f"before; the number of trees was chosen on {periods.choose_from} onwards. The model "
        "given here was then trained on everything. Only inspected shipments can be measured, and "
        "these were not chosen at random."
    )


def _owner(trained: Trained) -> str:
    if not trained.model.sensitive_columns:
        return "## Owner nationality\n\nNot used: the sensitive signals were switched off."
    rates = trained.evaluation.selected_by_owner
    told = ", ".join(f"{share:.1%} ({group.replace('_', ' ')})" for group, share in rates.items())
    return (
        "## Owner nationality\n\n"
        "Used, and sensitive: no official list of red flags names it. Every score says what it "
        "would be without it, and no shipment reaches a lane on it alone. What it adds is the "
        "difference between the first row of the table and the one without it. Share of inspected "
        f"shipments in the red lane by owner: {told}."
    )


def _signals(model: RiskModel) -> str:
    gain = model.booster.feature_importance("gain")
    total = max(gain.sum(), 1e-9)
    head = "| Signal | Family | Gain | Risk | Meaning |"
    lines = ["## Signals", "", head, "|---|---|---|---|---|"]
    ranked = sorted(zip(gain, model.declared_signals, strict=True), key=lambda pair: -pair[0])
    for share, signal in ranked:
        risk = "category" if signal.is_category else signal.risk
        lines.append(
            f"| `{signal.name}` | {signal.family} | {share / total:.1%} | {risk} | "
            f"{signal.meaning} |"
        )
    return "\n".join(lines)


def _lost(lost: Mapping[str, list[str]]) -> str:
    if not lost:
        return ""
    lines = [f"- `{name}` needs {', '.join(columns)}" for name, columns in lost.items()]
    return "## Signals that this source cannot feed\n\n" + "\n".join(lines)


def _lists(model: RiskModel) -> str:
    lines = [f"- {name}: {version}" for name, version in model.about["lists"].items()]
    return "## Lists it was trained with\n\nNewest day and digest.\n\n" + "\n".join(lines)


def _limits() -> str:
    return (
        "## Limits\n\n"
        "- Outcomes exist only for what was inspected, and inspection was not random: the figures "
        "hold for shipments like those.\n"
        "- Recorded outcomes can be wrong where a post is corrupt.\n"
        "- A repeat of an inspected shipment is easy; the rows for what was never seen say what "
        "generalises."
    )
