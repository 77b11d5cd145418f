"""Prequential folds: train on what was known before a day, judge the days after, move on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
import pandas as pd

from shiprisk.models import Lanes, RiskModel, rescaled

from ..evidence import Evidence
from ..examples import Examples, within
from .judged import Judged, Trial
from .raw import Raw

Fit = Callable[[Examples], lgb.Booster]

# Shipments that were not inspected are judged on at most so many: shares need no more.
MOST_JUDGED = 20_000

# A model says risks before its lanes are known.
_NO_LANES = Lanes(1.0, 1.0)


@dataclass(frozen=True)
class Prequential:
    """What came of the folds: what a model is judged by, and the raw scores to calibrate on."""

    trial: Trial
    scored: Raw


def prequential(
    past: Evidence,
    examples: Examples,
    starts: Sequence[np.datetime64],
    names: tuple[str, ...],
    fit: Fit,
    first: lgb.Booster,
    scored: Raw,
    largest_weight: float,
) -> Prequential:
    """Judge the days from each start to the next, the last to the end of the records.

    examples: all labelled rows. first: the model before the folds; scored: what it said of later
    rows, on which the first fold's model is calibrated. Each later one is calibrated on the folds
    before as well, as far as their outcomes were known. largest_weight: how much an inspected
    shipment may count there.
    """
    inspected, everyone = [], []
    known_on, before = examples.records["known_on"], rescaled(first, *scored.scale())
    for number, (start, until) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
        booster = fit(examples.where((known_on < pd.Timestamp(start)).to_numpy()))
        models = rescaled(booster, *scored.scale(start)), before
        ask = past.asked(names, frozen_at=start)
        drawn = _drawn(within(past.declarations, start, until), len(starts))
        labelled = Examples.asked(within(past.inspected, start, until), ask)
        inspected.append(_judged(labelled.records, labelled.matrix, models, names, number))
        everyone.append(_judged(drawn, ask(drawn), models, names, number))
        scored, before = Raw.joined([scored, Raw.of(booster, labelled, largest_weight)]), models[0]
    count = past.count(within(past.declarations, starts[0], None))
    trial = Trial(Judged.joined(inspected), Judged.joined(everyone), count, tuple(starts))
    return Prequential(trial, scored)


def without_test(
    past: Evidence,
    choices: Examples,
    booster: lgb.Booster,
    scored: Raw,
    start: np.datetime64,
    names: tuple[str, ...],
) -> Prequential:
    """The choice period in place of folds: slightly too good, for the model was chosen on it."""
    models = (rescaled(booster, *scored.scale()),) * 2
    frame = within(past.declarations, start, None)
    matrix = past.asked(names, frozen_at=start)(_drawn(frame))
    trial = Trial(
        _judged(choices.records, choices.matrix, models, names, 0),
        _judged(_drawn(frame), matrix, models, names, 0),
        past.count(frame),
        (start,),
    )
    return Prequential(trial, scored)


def _judged(
    records: pd.DataFrame,
    matrix: np.ndarray,
    models: tuple[lgb.Booster, lgb.Booster],
    names: tuple[str, ...],
    fold: int,
) -> Judged:
    """What the model of a fold, and the one of the fold before, say of shipments."""
    model, before = (RiskModel(booster, names, _NO_LANES) for booster in models)
    return Judged(
        records,
        matrix,
        *model.risks(matrix),
        before.risk(matrix),
        np.full(len(matrix), fold),
    )


def _drawn(frame: pd.DataFrame, folds: int = 1) -> pd.DataFrame:
    """Every row, or every second, third and so on where they are many."""
    return frame.iloc[:: max(1, -(-len(frame) * folds // MOST_JUDGED))]
