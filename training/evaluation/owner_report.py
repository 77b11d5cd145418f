"""What owner nationality does: to whom the lanes point, and whether it alone takes anyone there."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shiprisk.models import GREEN, RED, YELLOW, RiskModel

from .judged import Judged, Trial
from .sample import random_part
from .shares import Share

OWNED = "owned_from_concern_share"

_STRICTNESS = (GREEN, YELLOW, RED)


@dataclass(frozen=True)
class OwnerGroup:
    """Shipments of firms with such owners.

    shipments: how many were looked at, inspected or not. selected: the share in the red lane;
    selected_untold: the share that would be if the model were not told of nationality.
    violations: found among all of them, and precision: among those in the red lane, both on the
    random part.
    """

    shipments: int
    selected: float
    selected_untold: float
    violations: Share
    precision: Share


@dataclass(frozen=True)
class OwnerReport:
    """Selection and precision by group of owners, and what nationality alone would do.

    groups: `of_concern` (an owner from a country of concern is on the register), `other`,
    `unknown`. kept_out: how many shipments would pass a line of a lane with the nationality of
    their owners but not without it; they stay below it. by_nationality_alone: how many are in a
    stricter lane than they would be without it, which scoring rules out.
    """

    groups: Mapping[str, OwnerGroup]
    kept_out: int
    by_nationality_alone: int


def owner_report(model: RiskModel, trial: Trial) -> OwnerReport | None:
    """Report on a model; None where it is not told of owner nationality."""
    if not model.sensitive_columns:
        return None
    risk, without = trial.everyone.risk, trial.everyone.without
    given, told, untold = (
        _strictness(model.lanes.of(*risks))
        for risks in ((risk, without), (risk, risk), (without, without))
    )
    looked_at, inspected = (_by_owner(of, model) for of in (trial.everyone, trial.inspected))
    groups = {name: _group(model, trial, looked_at[name], inspected[name]) for name in looked_at}
    return OwnerReport(
        {name: group for name, group in groups.items() if group.shipments},
        int((told > np.maximum(given, untold)).sum()),
        int((given > untold).sum()),
    )


def _strictness(lanes: np.ndarray) -> np.ndarray:
    return np.argmax([lanes == lane for lane in _STRICTNESS], axis=0)


def _by_owner(judged: Judged, model: RiskModel) -> dict[str, np.ndarray]:
    owned = judged.signal(OWNED, model.signals)
    return {"of_concern": owned > 0, "other": owned == 0, "unknown": np.isnan(owned)}


def _group(model: RiskModel, trial: Trial, rows: np.ndarray, inspected: np.ndarray) -> OwnerGroup:
    everyone, labelled = trial.everyone, trial.inspected
    sample, found = random_part(labelled.records), labelled.labels > 0
    red = model.lanes.of(labelled.risk, labelled.without) == RED
    lanes = model.lanes.of(everyone.risk[rows], everyone.without[rows])
    untold = everyone.without[rows] >= model.lanes.red
    return OwnerGroup(
        int(rows.sum()),
        float(np.mean(lanes == RED)) if rows.any() else np.nan,
        float(np.mean(untold)) if rows.any() else np.nan,
        sample.share(found, inspected),
        sample.share(found, inspected & red),
    )
