"""What a model was worth on later records: for all, by group, by fold, and for what it can say."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from shiprisk.models import RiskModel

from ..evidence import Evidence
from ..metrics import at_random, evaluated
from .calibration import Calibration, calibrated
from .firms import by_firm
from .groups import groups_of, never_seen
from .judged import Judged, Trial
from .owner_report import OwnerReport, owner_report
from .refit import OutcomesCheck
from .sample import every_route, random_part
from .selective import Selective, selective
from .stability import overlap
from .truth import Truth, against_truth

# A group that holds fewer violations than this says nothing.
LEAST_VIOLATIONS = 5


@dataclass(frozen=True)
class Evaluation:
    """Everything that is reported of a model; inspected means those of the test period.

    groups: metrics of inspected shipments by group (see groups.py); beside them
    `by_declared_value` and `at_random`, which rank all by value alone and by chance, and
    `without_owner_nationality`. folds: the metrics of `all` in each fold. spread: mean and standard
    deviation over folds, by metric. stability: what a refit keeps of the top. selective: estimates
    for all shipments, inspected or not. calibration: by what the risks are held against. owners:
    None where nationality is not used. outcomes: posts that are too clean. truth: where it is
    known. trial: the shipments behind all this.
    """

    groups: Mapping[str, Mapping[str, float]]
    folds: tuple[Mapping[str, float], ...]
    spread: Mapping[str, tuple[float, float]]
    stability: Mapping[str, float]
    selective: Selective
    calibration: Mapping[str, Calibration]
    owners: OwnerReport | None
    outcomes: OutcomesCheck
    truth: Truth | None
    trial: Trial

    @property
    def inspected(self) -> Judged:
        """The inspected shipments of the test period, with what was said of each."""
        return self.trial.inspected


def evaluate(
    model: RiskModel,
    trial: Trial,
    past: Evidence,
    outcomes: OutcomesCheck,
    largest_weight: float,
    truth: pd.DataFrame | None = None,
) -> Evaluation:
    """Report on a model by what its predecessors said of later shipments.

    model: for its signals and lanes. past: to tell what was never seen before a fold. truth: a
    table with `diverted` and `typology`, which only a simulated world has.
    """
    inspected = trial.inspected
    folds = tuple(
        _metrics(inspected, inspected.risk, inspected.fold == fold)
        for fold in range(len(trial.starts))
    )
    return Evaluation(
        _groups(model, trial, past),
        folds,
        _spread(folds),
        overlap(trial.everyone),
        selective(trial, largest_weight),
        _calibrations(trial, past, largest_weight),
        owner_report(model, trial),
        outcomes,
        None if truth is None else against_truth(trial.everyone, truth),
        trial,
    )


def _groups(model: RiskModel, trial: Trial, past: Evidence) -> dict[str, Mapping[str, float]]:
    inspected = trial.inspected
    masks = groups_of(inspected, model.signals, past, trial.starts)
    found = {name: _metrics(inspected, inspected.risk, rows) for name, rows in masks.items()}
    everything, value = masks["all"], np.nan_to_num(inspected.value)
    found["by_declared_value"] = _metrics(inspected, value, everything, are_risks=False)
    found["at_random"] = at_random(inspected.labels)
    found["without_owner_nationality"] = _metrics(inspected, inspected.without, everything)
    return {name: metrics for name, metrics in found.items() if metrics}


def _metrics(
    judged: Judged, ranking: np.ndarray, rows: np.ndarray, are_risks: bool = True
) -> dict[str, float]:
    labels, ranking = judged.labels[rows], ranking[rows]
    if labels.sum() < LEAST_VIOLATIONS:
        return {}
    firms = judged.records["trader_id"].to_numpy()[rows]
    found = evaluated(labels, ranking, judged.days[rows], judged.value[rows], are_risks)
    return found | by_firm(labels, ranking, firms)


def _spread(folds: tuple[Mapping[str, float], ...]) -> dict[str, tuple[float, float]]:
    frame = pd.DataFrame([fold for fold in folds if fold])
    if len(frame) < 2:
        return {}
    return {
        str(name): (float(values.mean()), float(values.std())) for name, values in frame.items()
    }


def _calibrations(trial: Trial, past: Evidence, largest_weight: float) -> dict[str, Calibration]:
    """Risks against outcomes: of inspected shipments, and weighed to stand for all shipments."""
    inspected, records = trial.inspected, trial.inspected.records
    new = never_seen(inspected, past, trial.starts, ["trader_id"])
    samples = {
        "random": random_part(records),
        "weighed": every_route(records, largest_weight),
    }
    found = {}
    for name, rows in (("all", np.ones(len(new), dtype=bool)), ("traders_never_seen", new)):
        if rows.any():
            found[f"inspected.{name}"] = calibrated(inspected.labels[rows], inspected.risk[rows])
        for sample, of in samples.items():
            kept = of.among(rows, 0.0)
            if len(kept.rows):
                labels, risk = inspected.labels[kept.rows], inspected.risk[kept.rows]
                found[f"{sample}.{name}"] = calibrated(labels, risk, kept.balanced)
    return found
