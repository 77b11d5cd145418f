"""What holds for all shipments, not just for those that were inspected.

Inspected shipments were selected because they looked suspicious, so a rate among them is not the
rate among all. The random part is a fair sample; other routes with a recorded chance are weighed by
its inverse. Estimates that differ by more than their intervals say that a weight is wrong.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..metrics import CAPACITIES
from .judged import Trial
from .sample import Sample, every_route, random_part
from .shares import Share, part_and_whole

# An estimate says something once its interval is no wider than half of it to either side.
WANTED = 0.5


@dataclass(frozen=True)
class Estimate:
    """Shares of all shipments of the test period, estimated from a sample of inspected ones.

    shares: `violation_rate`; at each capacity `precision_at_…` and `recall_at_…` of the riskiest
    shipments of each fold, and `precision_by_value_at_…` of the dearest. rows: how many inspected
    shipments it rests on. effective: how many of equal weight would say as much.
    """

    shares: Mapping[str, Share]
    rows: int
    effective: float


@dataclass(frozen=True)
class Selective:
    """The same shares from the random part, and from every route with weights clipped and not.

    too_small: a sentence for each share of the random part that says too little, with the number
    of random inspections that it needs.
    """

    random: Estimate
    clipped: Estimate
    unclipped: Estimate
    too_small: tuple[str, ...]


def selective(trial: Trial, largest_weight: float) -> Selective:
    """Estimate what an inspection of all shipments of the test period would find."""
    records = trial.inspected.records
    fair = estimate(trial, random_part(records))
    clipped = estimate(trial, every_route(records, largest_weight))
    unclipped = estimate(trial, every_route(records, np.inf))
    return Selective(fair, clipped, unclipped, tuple(_too_small(fair, clipped)))


def estimate(trial: Trial, sample: Sample) -> Estimate:
    """The shares that a sample of the inspected shipments gives."""
    found = trial.inspected.labels > 0
    shares = {}
    for capacity in CAPACITIES:
        at = f"at_{capacity * 100:g}"
        riskiest, some = in_top(trial, "risk", capacity), capacity * trial.shipments
        inside = sample.weighted(found, riskiest, some)
        outside = sample.weighted(found, ~riskiest, trial.shipments - some)
        rate, recall = part_and_whole(inside, outside, capacity)
        shares[f"precision_{at}"], shares[f"recall_{at}"] = inside.share(), recall
        dearest = in_top(trial, "value", capacity)
        shares[f"precision_by_value_{at}"] = sample.share(found, dearest, some)
    return Estimate({"violation_rate": rate, **shares}, len(sample.rows), sample.effective)


def in_top(trial: Trial, ranking: str, capacity: float) -> np.ndarray:
    """Which inspected shipments are among the highest of all shipments of their fold."""
    ranked = np.nan_to_num(getattr(trial.inspected, ranking))
    above: np.ndarray = ranked >= trial.everyone.lines[ranking, capacity][trial.inspected.fold]
    return above


def needed(rate: float) -> int:
    """How many random inspections show a rate to half of it, with 95 % confidence."""
    return math.ceil((1.96 / WANTED) ** 2 * (1 - rate) / rate)


def _too_small(fair: Estimate, better: Estimate) -> list[str]:
    """What the random part is too small for; rates are guessed from the better estimate."""
    if not fair.rows:
        return [
            "No inspection is marked as random: nothing can be said of shipments that were not "
            f"inspected; about {needed(0.02):,} random inspections would tell a rate of 2 % to "
            "half of it."
        ]
    told = []
    for name, part, of in (("violation_rate", 1.0, "rate of violations"),
                           ("precision_at_5", 0.05, "precision at 5 %")):  # fmt: skip
        mine = fair.shares[name]
        if mine.figure > 0 and mine.half_width <= WANTED * mine.figure:
            continue
        rate = next(
            (x for x in (mine.figure, better.shares[name].figure, mine.high) if 0 < x < 1), 0.5
        )
        told.append(
            f"The random part ({fair.rows:,} inspections, {mine.found} violations that count) is "
            f"too small to tell the {of} to half of it; about {needed(rate) / part:,.0f} random "
            "inspections are needed."
        )
    return told
