"""Months to score: in order, and only with what was known before them."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import SIGNALS, Records, signal_matrix
from shiprisk.training.comparison import Fold, folds
from shiprisk.training.evaluation.truth import truth_of

NAMES = [signal.name for signal in SIGNALS]


def test_folds_follow_each_other_and_know_only_what_was_known(records: Records) -> None:
    months = sorted(records.declarations["declared_on"].dt.to_period("M").unique())
    found = list(folds(records, 3))
    assert [pd.Period(fold.first_day, "M") for fold in found] == months[-3:]
    for fold in found:
        first = pd.Timestamp(fold.first_day)
        assert fold.past.declarations["declared_on"].max() < first
        assert fold.past.inspected["known_on"].max() < first
        assert set(fold.asked["declared_on"].dt.to_period("M")) == {pd.Period(first, "M")}


def test_every_month_but_the_first_can_be_scored(records: Records) -> None:
    found = list(folds(records, 1000))
    months = records.declarations["declared_on"].dt.to_period("M")
    assert len(found) == months.nunique() - 1
    assert sum(len(fold.asked) for fold in found) == (months > months.min()).sum()


@pytest.mark.parametrize("back", [1, 5, 1000])
def test_the_shared_history_says_what_the_past_alone_would_say(records: Records, back: int) -> None:
    fold = next(folds(records, back))
    alone = fold.past.history().extended(fold.asked).block(fold.asked)
    shared = signal_matrix(fold.signals, NAMES)
    np.testing.assert_array_equal(shared, signal_matrix(alone, NAMES))
    assert not np.isnan(shared).all()


def test_the_truth_must_tell_of_every_declaration(last: Fold, truth: pd.DataFrame) -> None:
    told = truth_of(last.asked, truth.assign(more="ignored"))
    assert list(told.index) == list(last.asked.index)
    lacking = truth[truth["declaration_id"] != last.asked["declaration_id"].iloc[0]]
    with pytest.raises(ValueError, match="the truth says nothing of"):
        truth_of(last.asked, lacking)
