"""Selectors: a number for each declaration, nothing later, and signals alone are what they say."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import SIGNALS, Records
from shiprisk.training import TrainingError
from shiprisk.training.comparison import SELECTORS, Fold, folds
from shiprisk.training.comparison.learners import lightgbm_raw, logistic_raw, ours
from shiprisk.training.comparison.selectors import rests_on_outcomes, single_signals


def told_later(records: Records, day: np.datetime64) -> Records:
    """The same records, with every outcome that was known on the day or later turned round."""
    assert records.inspections is not None
    later = records.inspections["known_on"] >= pd.Timestamp(day)
    turned = records.inspections["violation"] ^ later
    return replace(records, inspections=records.inspections.assign(violation=turned))


@pytest.mark.parametrize("name", list(SELECTORS))
def test_a_selector_gives_a_number_for_each_and_learns_nothing_later(
    name: str, records: Records, last: Fold
) -> None:
    scores = np.asarray(SELECTORS[name](last), dtype=float)
    assert scores.shape == (len(last.asked),)
    assert np.isfinite(scores).all()
    other = list(folds(told_later(records, last.first_day), 1))[-1]
    np.testing.assert_array_equal(scores, np.asarray(SELECTORS[name](other), dtype=float))


@pytest.mark.parametrize("learner", [logistic_raw, lightgbm_raw, ours])
def test_a_learner_says_that_too_little_is_known(learner, last: Fold, records: Records) -> None:
    violations = np.flatnonzero(last.past.inspected["violation"])
    kept = last.past.inspected.index[violations[:4]]
    few = last.past.inspected.assign(violation=last.past.inspected.index.isin(kept))
    assert records.inspections is not None
    keys = pd.MultiIndex.from_frame(few.loc[kept, ["declaration_id", "item_number"]])
    rows = pd.MultiIndex.from_frame(records.inspections[["declaration_id", "item_number"]])
    told = replace(records, inspections=records.inspections.assign(violation=rows.isin(keys)))
    with pytest.raises(TrainingError, match="violations"):
        learner(list(folds(told, 1))[-1])


def test_a_signal_alone_ranks_by_its_value_in_its_direction_and_where_missing_last(
    last: Fold,
) -> None:
    alone = single_signals(outcomes=False) | single_signals(outcomes=True)
    for signal in SIGNALS:
        ends = [name for name in alone if name.partition(",")[0] == signal.name]
        expected = 0 if signal.is_category else 1 if signal.direction else 2
        assert len(ends) == expected, signal.name
        values = np.asarray(last.signals[signal.name], dtype=float)
        for name in ends:
            numbers = alone[name](last)
            turned = values if name.endswith("highest first") else -values
            known = ~np.isnan(values)
            np.testing.assert_array_equal(numbers[known], turned[known])
            assert (numbers[~known] < turned[known].min(initial=0)).all()


def test_signals_rest_on_outcomes_where_outcomes_change_them(last: Fold) -> None:
    without = last.declared.block(last.asked)
    changed = {
        signal.name
        for signal in SIGNALS
        if not np.array_equal(last.signals[signal.name], without[signal.name], equal_nan=True)
    }
    assert changed == {signal.name for signal in SIGNALS if rests_on_outcomes(signal.name)}
