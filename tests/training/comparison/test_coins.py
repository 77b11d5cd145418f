"""The control: coins say nothing but what a group's own past says."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import Records
from shiprisk.training.comparison import SELECTORS, Outcome
from shiprisk.training.comparison.coins import with_coins
from shiprisk.training.comparison.intervals import intervals
from shiprisk.training.comparison.measures import overall
from shiprisk.training.comparison.scoring import Scored, scored
from shiprisk.training.comparison.selectors import GROUP_BY, OURS

# More than is really diverted, so that a small world has enough of them to learn from.
PREVALENCE = 0.2


@pytest.fixture(scope="module")
def coined(records: Records) -> tuple[Records, pd.DataFrame]:
    return with_coins(records, PREVALENCE)


@pytest.fixture(scope="module")
def ranked(coined: tuple[Records, pd.DataFrame]) -> Scored:
    remembering = {name: SELECTORS[name] for name in (GROUP_BY, OURS)}
    return scored(*coined, 6, remembering, lambda _: None)


def test_a_group_has_one_coin_in_truth_and_outcomes(coined: tuple[Records, pd.DataFrame]) -> None:
    told, truth = coined
    assert told.inspections is not None
    key = ["declaration_id", "item_number"]
    rows = told.declarations.merge(truth, on=key)
    of_group = rows.groupby(["trader_id", rows["hs_code"].str[:4]])["diverted"]
    assert (of_group.nunique() == 1).all()
    assert of_group.first().mean() == pytest.approx(PREVALENCE, abs=0.03)
    found = told.inspections.merge(truth, on=key)
    assert len(found) == len(told.inspections)
    assert (found["violation"] == found["diverted"]).all()


def test_memory_of_groups_shows(ranked: Scored) -> None:
    assert ranked.stood_in == ()
    figures = overall(ranked)
    assert (figures.loc[[GROUP_BY, OURS], "precision @1%"] > 2 * PREVALENCE).all()


def test_of_traders_never_seen_nothing_is_known(ranked: Scored) -> None:
    """A selector that is surely better than chance here was told what it must not know."""
    new = ranked.where(ranked.rows["never_seen"])
    rate = new.rows["diverted"].mean()
    assert 0 < rate < 1
    found = intervals(new, [GROUP_BY, OURS]).xs("precision @5%", level=1)
    assert (found["low"] <= rate).all()


def test_the_control_stands_beside_the_figures(outcome: Outcome) -> None:
    assert outcome.coins is not None
    assert outcome.coins.rates[0] == pytest.approx(outcome.prevalence, rel=0.8)
    assert GROUP_BY in outcome.coins.figures.index
    assert np.isfinite(outcome.coins.figures.loc[GROUP_BY, "precision @1%"])
