"""Recent records held against the training period of a model."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from shiprisk.features import History, Records, signals_of
from shiprisk.models import RiskModel

from ..examples import KEY, Past
from ..settings import TrainingError
from .alarms import of_hubs, of_outcomes, of_risk, of_signals
from .found import (
    Outcomes,
    hubs_drift,
    lanes_drift,
    missing_by_family,
    outcomes_drift,
    risk_drift,
    signals_drift,
)
from .hubs import imports_of_listed_headings
from .reference import Reference

# Fewer recent shipments say nothing of how they are spread.
LEAST = 100


@dataclass(frozen=True)
class Drift:
    """What changed. The tables are those of `found`; compared: rows whose signals were looked at.

    matrix, risk: of those rows.
    """

    model_version: str
    reference: Reference
    first_day: str
    last_day: str
    shipments: int
    signals: pd.DataFrame
    missing: pd.DataFrame
    risk_moved: dict[str, float | bool]
    lanes: pd.DataFrame
    hubs: pd.DataFrame
    outcomes: Outcomes | None
    matrix: np.ndarray
    risk: np.ndarray

    @property
    def alarms(self) -> list[str]:
        """What a person should look at, one sentence each; none where all is quiet."""
        spread = of_signals(self.signals) + of_risk(self.risk_moved, self.lanes)
        return spread + of_hubs(self.hubs) + of_outcomes(self.outcomes)


def monitor(
    model: RiskModel,
    history: History,
    records: Records,
    first: date | None = None,
    last: date | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Drift:
    """Compare recent records with the model's training period; TrainingError where that cannot be.

    history: the model's own or a newer one; days of the records after it count as the past of
    later ones. first, last: days to compare; by default all after the days the model has seen.
    """
    if not model.reference:
        raise TrainingError("this model carries no picture of its training period: train again")
    reference = Reference.from_plain(model.reference)
    seen = date.fromisoformat(str(model.about["last_day"]))
    window = _window(records.declarations, first, last, seen)
    tell(f"{len(window):,} shipments beside {reference.first_day} to {reference.last_day}")
    history = _kept_up(history, records, model)
    # As many as one stretch of the training period, so that like is compared with like.
    rows = np.linspace(0, len(window) - 1, min(len(window), reference.stretch)).astype(int)
    matrix = signals_of(window.iloc[rows], history, model.signals)
    risk, without = model.risks(matrix)
    tell("signals computed; looking at hubs and outcomes")
    signals = signals_drift(reference, model, matrix)
    declared = window["declared_on"]
    return Drift(
        model.version, reference, str(declared.min().date()), str(declared.max().date()),
        len(window), signals, missing_by_family(signals), risk_drift(reference, risk),
        lanes_drift(reference, model.lanes.of(risk, without)),
        hubs_drift(reference.hubs, imports_of_listed_headings(window)),
        _outcomes(model, history, window, records), matrix, risk,
    )  # fmt: skip


def _window(
    declarations: pd.DataFrame, first: date | None, last: date | None, seen: date
) -> pd.DataFrame:
    """The declarations to compare, in order of their days."""
    days = declarations["declared_on"]
    wanted = days > pd.Timestamp(seen) if first is None else days >= pd.Timestamp(first)
    if last is not None:
        wanted &= days <= pd.Timestamp(last)
    window = declarations[wanted].sort_values(["declared_on", *KEY], ignore_index=True)
    if len(window) < LEAST:
        since = f"after {seen}, the model's last day" if first is None else f"from {first}"
        raise TrainingError(
            f"{len(window)} of the records are {since}; at least {LEAST} are needed to compare"
        )
    return window


def _kept_up(history: History, records: Records, model: RiskModel) -> History:
    """The history and what the records tell beyond it, so that it is as new as it was then."""
    days = records.declarations["declared_on"].to_numpy().astype("datetime64[D]")
    known = Past.with_or_without_outcomes(records).inspected
    told_until = max(history.through, np.datetime64(str(model.about["known_through"]), "D"))
    later = known[known["known_on"] > pd.Timestamp(told_until)]
    return history.extended(
        records.declarations[days > history.through], later, records.traders,
        records.trade_statistics, records.listed_parties,
    )  # fmt: skip


def _outcomes(
    model: RiskModel, history: History, window: pd.DataFrame, records: Records
) -> Outcomes | None:
    """Outcomes of those that were inspected at random."""
    found = records.inspections
    if found is None or "selected_by" not in found:
        return None
    drawn = found[found["selected_by"] == "random"]
    rows = window.merge(drawn[[*KEY, "violation"]], on=KEY)
    if not len(rows):
        return None
    risk = model.risk(signals_of(rows, history, model.signals))
    return outcomes_drift(rows["violation"].to_numpy(dtype=bool), risk)
