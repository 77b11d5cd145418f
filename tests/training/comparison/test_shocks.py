"""Months counted from a shock."""

from datetime import date

import pandas as pd
import pytest

from shiprisk.training.comparison import Outcome
from shiprisk.training.comparison.shocks import STEPS, after_shocks

MONTHS = pd.period_range("2023-11", "2024-06", freq="M").astype(str)


@pytest.fixture
def monthly() -> pd.DataFrame:
    """Figures that tell their month: January 1, February 2 …"""
    return pd.DataFrame([[int(month[-2:]) for month in MONTHS]], ["one"], MONTHS)


def test_months_are_counted_from_that_of_the_shock(monthly: pd.DataFrame) -> None:
    found = after_shocks(monthly, {"later": date(2024, 5, 31), "sooner": date(2024, 1, 1)})
    assert list(found.loc["sooner"].loc["one"]) == [12, 1, 2, 3, 4]
    late = found.loc["later"].loc["one"]
    assert list(late.iloc[:3]) == [4, 5, 6]
    assert late.iloc[3:].isna().all()
    assert list(found.index.unique(0)) == ["sooner", "later"]


@pytest.mark.parametrize(
    "day, shown",
    [(date(2023, 10, 31), False), (date(2023, 11, 1), True), (date(2024, 6, 30), True),
     (date(2024, 7, 1), False)],
)  # fmt: skip
def test_a_shock_counts_where_its_own_month_was_scored(
    monthly: pd.DataFrame, day: date, shown: bool
) -> None:
    assert len(after_shocks(monthly, {"shock": day})) == shown


def test_the_benchmark_shows_the_months_after_its_shocks(outcome: Outcome) -> None:
    assert list(outcome.shocks.index.unique(0)) == ["the crackdown"]
    month = str(pd.Period(outcome.shock_days["the crackdown"], "M"))
    at_once = outcome.shocks.loc["the crackdown"][STEPS[0]]
    assert at_once.to_dict() == outcome.monthly[month].to_dict()
