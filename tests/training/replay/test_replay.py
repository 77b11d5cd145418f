"""Months lived again: nothing is known before its day, and only selection differs."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import SIGNALS, Records, signals_of
from shiprisk.serving import Capacity
from shiprisk.training import Scenario, TrainingError
from shiprisk.training.replay import Strategy
from shiprisk.training.replay.loop import Office
from shiprisk.training.replay.stage import Stage
from tests.conftest import SEED, SMALL_WORLD

CAPACITY = Capacity(share=0.1)
NAMES = tuple(signal.name for signal in SIGNALS)


@pytest.fixture(scope="module")
def truth(world: Path) -> pd.DataFrame:
    return pd.read_parquet(world / "truth.parquet")


@pytest.fixture(scope="module")
def stage(records: Records, truth: pd.DataFrame) -> Stage:
    return Stage.of(records, truth, Scenario.load(SMALL_WORLD), SEED, 2)


@pytest.fixture(scope="module")
def lived(stage: Stage) -> pd.DataFrame:
    return lives(stage, Strategy(random_share=0.2))


def lives(stage: Stage, strategy: Strategy) -> pd.DataFrame:
    return Office.opened(stage, strategy, CAPACITY, SEED).lives()


def test_weeks_are_whole_and_follow_each_other(stage: Stage) -> None:
    weeks = list(stage.weeks())
    assert len(weeks) == 8  # November and December
    assert weeks[0].rows.start == 0
    days = stage.declarations["declared_on"].to_numpy().astype("datetime64[D]")
    for week, following in pairwise(weeks):
        assert week.rows.stop == following.rows.start
        inside = days[week.rows]
        assert (inside >= week.first_day).all()
        assert (inside < following.first_day).all()
    assert [week.number for week in weeks if week.retrains] == [0, 5]


def test_the_signals_of_a_week_are_those_of_the_whole_history(stage: Stage) -> None:
    week = list(stage.weeks())[3]
    chosen = np.arange(0, week.rows.start, 9)
    known = stage.known(week.first_day, chosen)
    assert (known["known_on"] < pd.Timestamp(week.first_day)).all()
    assert len(known) > len(stage.known(week.first_day, chosen[:0]))
    history = stage.declared.extended(inspected=known)
    expected = signals_of(stage.declarations.iloc[week.rows], history, NAMES)
    np.testing.assert_array_equal(stage.matrix(week.rows, known), expected)


def test_no_outcome_is_used_before_its_day(stage: Stage, lived: pd.DataFrame) -> None:
    day = list(stage.weeks())[6].first_day
    later = (stage.told["known_on"] >= pd.Timestamp(day)).to_numpy()
    other = stage.told["violation"].to_numpy() ^ later
    changed = replace(stage, told=stage.told.assign(violation=other))
    again = lives(changed, Strategy(random_share=0.2))
    early = lived["week"] <= 6
    pd.testing.assert_frame_equal(again[early], lived[early])


def test_a_model_learns_from_what_its_own_office_found(stage: Stage, lived: pd.DataFrame) -> None:
    known = (stage.told["known_on"] < pd.Timestamp("2024-12-06")).to_numpy()
    other = stage.told["violation"].to_numpy() ^ known
    again = lives(replace(stage, told=stage.told.assign(violation=other)), Strategy(0.2))
    assert (again.loc[again["week"] == 0, "risk"] == lived.loc[lived["week"] == 0, "risk"]).all()
    last = lived["week"] == 7
    assert (again.loc[last, "risk"] != lived.loc[last, "risk"]).mean() > 0.9


def test_all_offices_begin_with_the_same_model(stage: Stage, lived: pd.DataFrame) -> None:
    kept = lives(stage, Strategy(learns=False))
    assert set(kept["selected_by"].dropna()) == {"model"}
    assert set(lived["selected_by"].dropna()) == {"model", "random"}
    first = lived["week"] == 0
    assert kept.loc[first, "risk"].tolist() == lived.loc[first, "risk"].tolist()


def test_an_uncertain_part_inspects_others(stage: Stage) -> None:
    uncertain = lives(stage, Strategy(uncertain_share=0.3))
    kept = lives(stage, Strategy())
    first = kept["week"] == 0
    chosen = uncertain["selected_by"].notna()[first], kept["selected_by"].notna()[first]
    assert uncertain.loc[first, "risk"].tolist() == pytest.approx(kept.loc[first, "risk"].tolist())
    assert (chosen[0] != chosen[1]).any()


def test_nothing_to_learn_from_is_told(records: Records, truth: pd.DataFrame) -> None:
    with pytest.raises(TrainingError, match="replay fewer months"):
        Stage.of(records, truth, Scenario.load(SMALL_WORLD), SEED, 60)
