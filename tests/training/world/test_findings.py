"""What inspection of any declaration would find: the scenario's misses, mistakes and delays."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import Records
from shiprisk.training import Scenario
from shiprisk.training.world import findings
from tests.conftest import SEED, SMALL_WORLD


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.load(SMALL_WORLD)


@pytest.fixture(scope="module")
def everything(records: Records, world: Path, scenario: Scenario) -> pd.DataFrame:
    """The declarations in order, the truth, and what inspecting all would have found."""
    declared = records.declarations.sort_values(
        ["declared_on", "declaration_id", "item_number"], ignore_index=True
    )
    truth = pd.read_parquet(world / "truth.parquet")
    told = declared.merge(truth, on=["declaration_id", "item_number"], validate="1:1")
    return told.join(findings(declared, told, scenario, SEED))


def test_findings_are_the_truth_but_for_misses_and_mistakes(
    everything: pd.DataFrame, scenario: Scenario
) -> None:
    rate = everything.groupby("diverted")["violation"].agg(["mean", "size"])
    rules = scenario.inspection
    mistaken = np.sqrt(rules.mistaken / rate.loc[False, "size"])
    assert abs(rate.loc[False, "mean"] - rules.mistaken) < 4 * mistaken
    assert 0.6 < rate.loc[True, "mean"] < 1 - rules.missed / 2


def test_goods_declared_as_others_are_missed_more_often(everything: pd.DataFrame) -> None:
    diverted = everything[everything["diverted"]]
    hidden = diverted["typology"].isin(["T3", "T4"])
    assert diverted["violation"][hidden].mean() < diverted["violation"][~hidden].mean()


def test_an_outcome_comes_late_and_once_for_all_items(
    everything: pd.DataFrame, scenario: Scenario
) -> None:
    days = (everything["known_on"] - everything["declared_on"]).dt.days
    assert days.min() >= scenario.inspection.delay_least_days
    assert abs(days.median() - scenario.inspection.delay_mean_days) < 8
    assert (everything.groupby("declaration_id")["known_on"].nunique() == 1).all()


def test_whoever_asks_is_told_the_same(everything: pd.DataFrame, scenario: Scenario) -> None:
    columns = everything.drop(columns=["known_on", "violation"])
    again = findings(columns, columns, scenario, SEED)
    pd.testing.assert_frame_equal(again, everything[["known_on", "violation"]])
