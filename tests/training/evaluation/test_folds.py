"""Folds go forward in time: nothing that was known later touches what is said of a fold."""

from dataclasses import replace
from functools import partial

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest

from shiprisk.features import Records
from shiprisk.training import Past, Periods, Settings
from shiprisk.training.evaluation import Prequential, Raw, prequential
from shiprisk.training.examples import Examples
from shiprisk.training.fit import fitted, signals_for

NAMES = ("firm_age_days", "priority_weight", "identical_hit_rate", "owned_from_concern_share")
SETTINGS = Settings(most_trees=5)


@pytest.fixture(scope="module")
def past(records: Records) -> Past:
    return Past.of(records)


@pytest.fixture(scope="module")
def starts(past: Past) -> tuple[np.datetime64, ...]:
    periods = Periods.of(past.inspected, Settings())
    return periods.test_folds(past.inspected, 3)


def judged(past: Past, starts: tuple[np.datetime64, ...]) -> Prequential:
    signals = tuple(s for s in signals_for(SETTINGS) if s.name in NAMES)
    names = tuple(signal.name for signal in signals)
    periods = Periods.of(past.inspected, Settings())
    examples = Examples.of(past.inspected, past.history(), names)
    fit = partial(fitted, signals=signals, settings=SETTINGS, trees=5)
    early: lgb.Booster = fit(examples.where(periods.fit(past.inspected)))
    chosen = examples.where(periods.choose(past.inspected))
    scored = Raw.of(early, chosen, SETTINGS.largest_weight)
    return prequential(past, examples, starts, names, fit, early, scored, SETTINGS.largest_weight)


def test_folds_follow_each_other_and_cover_the_test_period(
    past: Past, starts: tuple[np.datetime64, ...]
) -> None:
    periods = Periods.of(past.inspected, Settings())
    assert starts[0] == periods.test_from
    assert len(starts) == 3
    assert list(starts) == sorted(set(starts))
    trial = judged(past, starts).trial
    assert len(trial.inspected.risk) == periods.test(past.inspected).sum()
    days = trial.inspected.days
    for fold, start in enumerate(starts):
        assert days[trial.inspected.fold == fold].min() == start
    assert trial.shipments == (past.declarations["declared_on"] >= pd.Timestamp(starts[0])).sum()


def test_what_becomes_known_in_a_fold_changes_later_folds_only(
    past: Past, starts: tuple[np.datetime64, ...]
) -> None:
    later = past.inspected["known_on"] >= pd.Timestamp(starts[1])
    violation = past.inspected["violation"].to_numpy(dtype=bool)
    turned = past.inspected.assign(violation=np.where(later, ~violation, violation))
    one, other = judged(past, starts), judged(replace(past, inspected=turned), starts)
    for mine, theirs in (
        (one.trial.inspected, other.trial.inspected),
        (one.trial.everyone, other.trial.everyone),
    ):
        early = mine.fold <= 1
        np.testing.assert_array_equal(mine.risk[early], theirs.risk[early])
        assert not np.array_equal(mine.risk[~early], theirs.risk[~early])


def test_a_longer_delay_makes_outcomes_known_later(past: Past) -> None:
    delayed = past.delayed(60).inspected
    waited = (delayed["known_on"] - delayed["declared_on"]).dt.days
    assert waited.min() == 60
    slow = past.inspected["known_on"] >= past.inspected["declared_on"] + pd.Timedelta(days=60)
    assert slow.any()
    pd.testing.assert_series_equal(delayed["known_on"][slow], past.inspected["known_on"][slow])
    pd.testing.assert_frame_equal(past.delayed(0).inspected, past.inspected)


def test_as_many_folds_as_the_violations_carry(past: Past) -> None:
    periods = Periods.of(past.inspected, Settings())
    violations = past.inspected["violation"][periods.test(past.inspected)].sum()
    assert 1 < len(periods.test_folds(past.inspected, int(violations))) < violations
    assert periods.test_folds(past.inspected, 1) == (periods.test_from,)
