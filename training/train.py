"""From records to a trained model: choose, measure once, then fit on everything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import lightgbm as lgb
import numpy as np
import pandas as pd

from shiprisk.features import (
    NODES,
    History,
    Records,
    Signal,
    columns_behind,
    list_versions,
)
from shiprisk.models import Lanes, RiskModel, rescaled

from .cases import cases_of
from .drift import Reference
from .evaluation import (
    Evaluation,
    Prequential,
    Raw,
    evaluate,
    outcomes_check,
    prequential,
    without_test,
)
from .evidence import Ask, Evidence
from .examples import Examples, Past, within
from .fit import fitted, signals_for, trees_of_each
from .periods import Periods
from .settings import Settings
from .together import Curves

Tell = Callable[[str], None]
# Fits members of so many trees on everything there is.
LastFit = Callable[[int], lgb.Booster]

# The reference is made on so many shipments: shares need no more.
_ROWS_OF_REFERENCE = 20_000


@dataclass(frozen=True)
class Trained:
    """What a training run gives.

    model and history travel together. evaluation: measured on the test period (or, where there is
    none, on the period on which choices were made). lost: signals that the source cannot feed,
    with the columns it lacks. examples: all labelled records, each as known before its day.
    curves: how trees served the training and the choice period, one after the other.
    """

    model: RiskModel
    history: History | None
    evaluation: Evaluation
    periods: Periods
    lost: Mapping[str, list[str]]
    past: Evidence
    examples: Examples
    curves: Curves


def train(
    records: Records,
    settings: Settings,
    tell: Tell = lambda _: None,
    truth: pd.DataFrame | None = None,
) -> Trained:
    """Train a model on validated records; TrainingError where they cannot carry one.

    truth: what a simulated world keeps apart; it is measured against and never learnt from.
    """
    past = Past.of(records).delayed(settings.label_delay_days)
    if settings.as_of is not None:
        past = past.before(np.datetime64(settings.as_of, "D"))
    return train_on(past, settings, tell, truth)


def train_on(
    past: Evidence,
    settings: Settings,
    tell: Tell = lambda _: None,
    truth: pd.DataFrame | None = None,
    last_fit: LastFit | None = None,
) -> Trained:
    """Train a model on evidence; TrainingError where it cannot carry one.

    1. Fit on what was known before the choice period; it decides the number of trees.
    2. Fit on what was known before each fold of the test period, and judge the fold, once.
    3. Fit on everything, with the same choices, calibrated on the predictions of 1 and 2.

    last_fit: makes 3 where more is known than this evidence.
    """
    periods = Periods.of(past.inspected, settings)
    signals = signals_for(settings)
    names = tuple(signal.name for signal in signals)
    count = past.count(past.declarations)
    tell(f"history of {count:,} declarations, {len(past.inspected):,} inspected")
    ask = past.asked(names)
    examples = Examples.asked(past.inspected, ask)
    tell(f"{len(names)} signals computed; choosing on {periods.choose_from} onwards")
    fit = partial(fitted, signals=signals, settings=settings)

    chosen = past.inspected[periods.choose(past.inspected)]
    choices = Examples.asked(chosen, past.asked(names, frozen_at=periods.choose_from))
    curves: Curves = {}
    early = fit(examples.where(periods.fit(past.inspected)), choices=choices, curves=curves)
    trees = trees_of_each(early, settings)
    judged = _judged(past, examples, periods, settings, partial(fit, trees=trees), early, choices)
    trial = judged.trial
    tell(f"{trees} trees; measured on {len(trial.starts)} folds from {trial.starts[0]}")
    outcomes = outcomes_check(examples, trial, signals, partial(fit, trees=trees), settings.seed)

    tell("fitting on all outcomes")
    last = fit(examples, trees=trees) if last_fit is None else last_fit(trees)
    slope, offset = judged.scored.scale()
    lanes = Lanes.for_capacity(trial.everyone.risk, settings.red, settings.yellow)
    about = _about(past, periods, settings, trees, slope, offset)
    booster = rescaled(last, slope, offset)
    reference = _reference(RiskModel(booster, names, lanes), past, trial.starts[0], ask)
    model = RiskModel(booster, names, lanes, about, reference.as_plain())
    model = replace(model, cases=cases_of(model, examples))
    evaluation = evaluate(model, trial, past, outcomes, settings.largest_weight, truth)
    lost = _lost(examples, signals)
    return Trained(model, past.history(), evaluation, periods, lost, past, examples, curves)


def _judged(
    past: Evidence,
    examples: Examples,
    periods: Periods,
    settings: Settings,
    fit: Callable[[Examples], lgb.Booster],
    early: lgb.Booster,
    choices: Examples,
) -> Prequential:
    """What the folds of the test period say, or the choice period where no test is kept."""
    said = Raw.of(early, choices, settings.largest_weight)
    names = tuple(early.feature_name())
    if periods.test_from is None:
        return without_test(past, choices, early, said, periods.choose_from, names)
    starts = periods.test_folds(past.inspected, settings.folds)
    return prequential(past, examples, starts, names, fit, early, said, settings.largest_weight)


def _reference(model: RiskModel, past: Evidence, since: np.datetime64, ask: Ask) -> Reference:
    """What later records are compared with, which the same model sees with a history kept up."""
    some = _some_since(past, since)
    return Reference.of(some, ask(some), model, past.ways_since(since))


def _some_since(past: Evidence, since: np.datetime64) -> pd.DataFrame:
    """Shipments declared since a day, inspected or not, evenly thinned."""
    later = within(past.declarations, since)
    return later.iloc[:: max(1, len(later) // _ROWS_OF_REFERENCE)]


def _about(
    past: Evidence, periods: Periods, settings: Settings, trees: int, slope: float, offset: float
) -> dict[str, object]:
    declared = past.declarations["declared_on"]
    return {
        "declarations": past.count(past.declarations),
        "inspected": len(past.inspected),
        "first_day": str(declared.min().date()),
        "last_day": str(declared.max().date()),
        "known_through": str(past.inspected["known_on"].max().date()),
        "choose_from": str(periods.choose_from),
        "test_from": str(periods.test_from) if periods.test_from is not None else None,
        "trees": trees,
        "calibration": {"slope": slope, "offset": offset},
        "lists": dict(list_versions()),
        "settings": settings.as_plain(),
    }


def _lost(examples: Examples, signals: tuple[Signal, ...]) -> dict[str, list[str]]:
    """Signals without a single value, and the columns behind them that are empty throughout."""
    empty = [s.name for s, x in zip(signals, examples.matrix.T, strict=True) if np.isnan(x).all()]
    columns = examples.records
    present = {name for name in columns if columns[name].notna().any()}
    return {name: sorted(set(columns_behind(name, NODES)) - present) for name in empty}
