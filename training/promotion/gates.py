"""What a challenger must pass to become champion; each gate is a row here."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .comparison import Comparison
from .owner import on_it_alone
from .weighted import CAPACITIES

# What a capacity is spent for. Recall moves as precision does.
_SPENT = ("precision", "value")


@dataclass(frozen=True)
class Limits:
    """The thresholds of the gates; docs/retraining.md says why they are what they are.

    least_violations, least_days: what the judged shipments must hold. calibration_error: how far
    risks may be off on average. group_loss: by how much average precision may fall in a group.
    explanation_error: how far explanations may be off, in log-odds.
    """

    least_violations: int = 30
    least_days: int = 10
    calibration_error: float = 0.05
    group_loss: float = 0.05
    explanation_error: float = 1e-6


@dataclass(frozen=True)
class Verdict:
    """What a gate said. told: the figures, as a sentence."""

    gate: str
    passed: bool
    told: str


def told(name: str, row: pd.Series) -> str:
    """A figure of both models and their difference with its interval, in words."""
    return (
        f"{name.replace('_', ' ')} {row['challenger']:.3f} against {row['champion']:.3f}: "
        f"{row['difference']:+.3f} ({row['low']:+.3f} to {row['high']:+.3f})"
    )


def _enough(found: Comparison, limits: Limits) -> tuple[bool, str]:
    violations, days = int(found.judged.labels.sum()), len(np.unique(found.judged.days))
    enough = violations >= limits.least_violations and days >= limits.least_days
    return enough, (
        f"{violations} violations on {days} days; at least {limits.least_violations} on "
        f"{limits.least_days} are needed to tell two models apart"
    )


def _capacity(found: Comparison, limits: Limits) -> tuple[bool, str]:
    names = [f"{what}_at_{share * 100:g}" for what in _SPENT for share in CAPACITIES]
    figures = found.overall.loc[names]
    worse = figures[figures["high"] < 0]
    shown = worse if len(worse) else figures.loc[["precision_at_5"]]
    return not len(worse), "; ".join(told(str(name), row) for name, row in shown.iterrows())


def _calibrated(found: Comparison, limits: Limits) -> tuple[bool, str]:
    error = found.overall.loc["calibration_error", "challenger"]
    allowed = max(limits.calibration_error, found.calibration_by_chance)
    return error <= allowed, (
        f"expected calibration error {error:.3f}, at most {allowed:.3f} (chance alone gives up to "
        f"{found.calibration_by_chance:.3f}; champion "
        f"{found.overall.loc['calibration_error', 'champion']:.3f})"
    )


def _groups(found: Comparison, limits: Limits) -> tuple[bool, str]:
    groups = found.groups
    worse = groups[(groups["high"] < 0) & (groups["difference"] < -limits.group_loss)]
    if len(worse):
        return False, "; ".join(
            told(f"average precision {name}", row) for name, row in worse.iterrows()
        )
    return True, f"none of {len(groups)} groups is worse by {limits.group_loss:g} beyond chance"


def _owner(found: Comparison, limits: Limits) -> tuple[bool, str]:
    alone = on_it_alone(found.challenger)
    report = "has" if found.owner_reported else "lacks"
    return found.owner_reported and not alone, (
        f"the training run {report} its report on owner nationality; {alone} shipments reach a "
        "lane on it alone"
    )


def _explanations(found: Comparison, limits: Limits) -> tuple[bool, str]:
    model = found.challenger
    off = max(model.off_sum, model.off_referee)
    return model.explained > 0 and off <= limits.explanation_error, (
        f"off by at most {model.off_sum:.1g} from the score and {model.off_referee:.1g} from "
        f"LightGBM's own, in log-odds, on {model.explained} shipments"
    )


@dataclass(frozen=True)
class Gate:
    """One condition of a promotion. asks: what it asks, in words. judge: whether it is met."""

    name: str
    asks: str
    judge: Callable[[Comparison, Limits], tuple[bool, str]]


GATES = (
    Gate("enough outcomes", "enough is known to tell the two apart", _enough),
    Gate("capacity", "not worse at 1, 2 and 5 % beyond the interval", _capacity),
    Gate("calibration", "risks come true as often as they say", _calibrated),
    Gate("groups", "no group is much worse", _groups),
    Gate("owner nationality", "reported, and nothing rests on it alone", _owner),
    Gate("explanations", "exact", _explanations),
)


def verdicts(found: Comparison, limits: Limits | None = None) -> tuple[Verdict, ...]:
    """What every gate says of a comparison."""
    judged = ((gate, gate.judge(found, limits or Limits())) for gate in GATES)
    return tuple(Verdict(gate.name, bool(passed), told) for gate, (passed, told) in judged)
