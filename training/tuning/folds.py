"""Stretches before the test period on which settings are tried, each on what was known then."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..examples import Examples, Past
from ..periods import LEAST, Periods
from ..settings import TrainingError

FOLDS = 3


@dataclass(frozen=True)
class TuningFold:
    """Examples known before a day, and those after it as a scorer would have seen them."""

    fit: Examples
    judged: Examples


def tuning_folds(
    past: Past, examples: Examples, periods: Periods, names: tuple[str, ...]
) -> list[TuningFold]:
    """The choice period in up to FOLDS parts; TrainingError where none says enough.

    examples: all labelled records, each as known before its day. Nothing declared or known in the
    test period is looked at.
    """
    found = list(_folds(past, examples, periods, names))
    if not found:
        raise TrainingError(
            f"no part of {periods.choose_from} to {periods.choose_until} holds {LEAST} violations "
            f"and {LEAST} clear outcomes; give more records or an earlier --choose-from"
        )
    return found


def _folds(
    past: Past, examples: Examples, periods: Periods, names: tuple[str, ...]
) -> Iterator[TuningFold]:
    inspected = past.inspected
    declared, known = (
        inspected[name].to_numpy().astype("datetime64[D]") for name in ("declared_on", "known_on")
    )
    chosen = np.flatnonzero(periods.choose(inspected))
    for part in np.array_split(chosen[np.argsort(declared[chosen], kind="stable")], FOLDS):
        first = declared[part].min()
        fit, labels = examples.where(known < first), examples.labels[part]
        if min(labels.sum(), (1 - labels).sum(), fit.labels.sum()) < LEAST:
            continue
        history = past.history_frozen_at(first)
        yield TuningFold(fit, Examples.of(inspected.iloc[part], history, names))
