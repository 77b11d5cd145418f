"""What outcomes that are too clean do to a model: the folds fitted again without them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from shiprisk.features import Signal

from ..examples import Examples
from ..metrics import evaluated
from .folds import Fit
from .judged import Judged, Trial
from .posts import TooClean, rows_of, too_clean


@dataclass(frozen=True)
class OutcomesCheck:
    """Posts that are too clean, and metrics with and without their outcomes in training.

    Both are measured on the shipments of the test period at other posts, whose outcomes can be
    believed. They are empty where no post is too clean.
    """

    posts: TooClean
    trained_with: Mapping[str, float]
    trained_without: Mapping[str, float]


def outcomes_check(
    examples: Examples, trial: Trial, signals: tuple[Signal, ...], fit: Fit, seed: int
) -> OutcomesCheck:
    """Check the outcomes known before the first fold, and refit where a post is too clean."""
    known = examples.where(_known_before(examples, trial.starts[0]))
    posts = too_clean(known, signals, seed)
    elsewhere = ~rows_of(posts.posts, trial.inspected.records)
    if not posts.posts or not 0 < trial.inspected.labels[elsewhere].sum() < elsewhere.sum():
        return OutcomesCheck(posts, {}, {})
    believed = examples.where(~rows_of(posts.posts, examples.records))
    refitted = _risk(believed, trial.inspected, trial.starts, fit)
    return OutcomesCheck(
        posts,
        _metrics(trial.inspected, trial.inspected.risk, elsewhere),
        _metrics(trial.inspected, refitted, elsewhere),
    )


def _risk(
    examples: Examples, inspected: Judged, starts: Sequence[np.datetime64], fit: Fit
) -> np.ndarray:
    risk = np.empty(len(inspected.risk))
    for fold, start in enumerate(starts):
        booster = fit(examples.where(_known_before(examples, start)))
        rows = inspected.fold == fold
        risk[rows] = booster.predict(inspected.matrix[rows])
    return risk


def _known_before(examples: Examples, day: np.datetime64) -> np.ndarray:
    return (examples.records["known_on"] < pd.Timestamp(day)).to_numpy()


def _metrics(judged: Judged, risk: np.ndarray, rows: np.ndarray) -> dict[str, float]:
    # Ranks within folds: refitted models are not calibrated, so their risks share no scale.
    ranks = pd.Series(risk[rows]).groupby(judged.fold[rows]).rank(pct=True).to_numpy()
    return evaluated(
        judged.labels[rows], ranks, judged.days[rows], judged.value[rows], are_risks=False
    )
