"""The model card: what the model is, on what it rests, how good it was, and its limits."""

from collections.abc import Mapping

from shiprisk.models import RiskModel

from ..train import Trained
from .care import outcomes, owner_groups, owners
from .estimates import calibration, estimates
from .groups import against_truth, folds, metrics_table, other_groups


def model_card(trained: Trained) -> str:
    """The card as Markdown."""
    model = trained.model
    parts = (
        card_summary(trained), *_measured(trained), _signals(model), _lost(trained.lost),
        _lists(model), _limits(trained.past.cautions),
    )  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def card_summary(trained: Trained) -> str:
    """The first part of the card: what the model is and how good it was."""
    evaluation = trained.evaluation
    measured = f"## How good it was\n\n{_measured_on(trained)}\n\n{metrics_table(evaluation)}"
    warned = "\n".join(f"> **Warning.** {text}" for text in evaluation.selective.too_small)
    owner = f"## Owner nationality\n\n{owners(evaluation.owners)}"
    return "\n\n".join(part for part in (_what(trained), measured, warned, owner) if part)


def _measured(trained: Trained) -> tuple[str, ...]:
    found = trained.evaluation
    return (
        owner_groups(found.owners) if found.owners else "",
        f"## From fold to fold\n\n{folds(found)}",
        f"## For all shipments\n\n{estimates(found)}",
        f"## How far the risks can be believed\n\n{calibration(found)}",
        f"## By tier, country of dispatch and month\n\n{other_groups(found)}",
        f"## Against the truth of the simulated world\n\n{against_truth(found.truth)}"
        if found.truth
        else "",
        f"## Outcomes that are too clean\n\n{outcomes(found.outcomes)}",
    )


def _what(trained: Trained) -> str:
    about = trained.model.about
    return (
        f"# Model {trained.model.version}\n\n"
        "Risk that an inspection of a shipment finds a violation, with exact reasons. It ranks "
        "shipments for a limited number of inspections. A high risk is a reason to look, not a "
        "proof.\n\n"
        f"- Trained on {about['declarations']:,} declarations from {about['first_day']} to "
        f"{about['last_day']}, of which {about['inspected']:,} were inspected.\n"
        f"- The mean of {about['settings']['members']} boosters of {about['trees']} trees each.\n"
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
    count = len(trained.evaluation.folds)
    cut = f" in {count} folds, each" if count > 1 else ""
    return (
        f"Measured on {periods.test_from} to the end{cut} by a model that knew only what was "
        f"known before; the number of trees was chosen on {periods.choose_from} onwards. The model "
        "given here was then trained on everything. The table is of inspected shipments, which "
        "were not chosen at random; what holds for all is estimated below it."
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


def _limits(cautions: tuple[str, ...]) -> str:
    further = "".join(f"\n- {caution}" for caution in cautions)
    return (
        "## Limits\n\n"
        "- Outcomes exist only for what was inspected, and inspection was not random: the figures "
        "hold for shipments like those.\n"
        "- Recorded outcomes can be wrong where a post is corrupt.\n"
        "- A repeat of an inspected shipment is easy; the rows for what was never seen say what "
        f"generalises.{further}"
    )
