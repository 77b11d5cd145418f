"""Evaders answer to what happens to them: to findings, to crackdowns and to a longer list."""

from pathlib import Path

import numpy as np
import pandas as pd

from shiprisk.training.world import Scenario, simulate


def lived(directory: Path, scenario: Scenario, seed: int = 2, **how: object) -> pd.DataFrame:
    simulate(directory, 40_000, seed, scenario, **how)
    rows = pd.read_parquet(directory / "declarations.parquet")
    return rows.merge(pd.read_parquet(directory / "truth.parquet"), validate="one_to_one")


def with_ways(scenario: Scenario, **ways: float) -> Scenario:
    changed = scenario.adaptation.model_copy(update=ways)
    return scenario.model_copy(update={"adaptation": changed})


BOLD = Scenario.load("default").scaled(3)
STUBBORN = with_ways(BOLD, channel_ends=0, firm_burned=0, turns_away=1, shyer=1, hub_changes=0,
                     lies_low_days=0)  # fmt: skip


def rows_after_finding(directory: Path, rows: pd.DataFrame) -> float:
    """Diverted rows a firm still files in the half year after something was first found there."""
    outcomes = pd.read_parquet(directory / "inspections.parquet")
    keys = ["declaration_id", "item_number"]
    found = rows.merge(outcomes[outcomes["violation"]][keys]).query("diverted")
    first = found.groupby("trader_id")["declared_on"].min()
    first = first[first < "2023-12-01"]
    later = rows[rows["diverted"] & rows["trader_id"].isin(first.index)]
    since = (later["declared_on"] - later["trader_id"].map(first)).dt.days
    return float(since.between(31, 210).sum() / len(first))


def test_who_was_found_diverts_less_under_that_name(tmp_path: Path) -> None:
    learns = rows_after_finding(tmp_path / "a", lived(tmp_path / "a", BOLD))
    goes_on = rows_after_finding(tmp_path / "b", lived(tmp_path / "b", STUBBORN))
    assert learns < 0.75 * goes_on


def test_what_is_found_is_done_less(tmp_path: Path) -> None:
    """Where only one way is ever found, networks turn to the others."""
    ways = with_ways(BOLD.only("T1", "T3"), turns_away=0.2, forgets=0)
    blind = ways.inspection.model_copy(update={"missed_hidden": 1.0, "capacity": 0.3})
    rows = lived(tmp_path, ways.model_copy(update={"inspection": blind}))
    year = rows["declared_on"].dt.year
    shells = (rows["typology"] == "T1")[rows["diverted"]].groupby(year).mean()
    assert shells.loc[2024] < 0.6 * shells.loc[2022]


def test_a_crackdown_empties_the_watched_hubs(tmp_path: Path) -> None:
    rows = lived(tmp_path, Scenario.load("rerouting").scaled(3))
    imports = rows[rows["diverted"] & (rows["direction"] == "import")]
    watched = imports["country_of_dispatch"].isin(["TR", "AE", "HK"])
    before = imports["declared_on"].between("2023-05-01", "2023-09-14")
    after = imports["declared_on"] >= "2023-12-01"
    assert watched[after].mean() < 0.5 * watched[before].mean()
    opened = imports["country_of_dispatch"].isin(["KG", "GE", "UZ"])
    assert opened[after].mean() > opened[before].mean() + 0.08


def test_a_longer_list_sends_goods_under_other_codes(tmp_path: Path) -> None:
    listing = Scenario.load("new_list").scaled(3)

    def hidden_after(directory: Path, scenario: Scenario) -> float:
        rows = lived(directory, scenario)
        late = rows[rows["diverted"] & (rows["declared_on"] >= "2023-10-01")]
        return float(late["typology"].isin(["T3", "T4"]).mean())

    careless = with_ways(listing, hides_when_listed=1)
    assert hidden_after(tmp_path / "a", listing) > hidden_after(tmp_path / "b", careless) + 0.1


def test_new_firms_take_over(tmp_path: Path) -> None:
    rows = lived(tmp_path, BOLD)
    diverted = rows[rows["diverted"]]
    by_year = {year: set(part["trader_id"]) for year, part in
               diverted.groupby(diverted["declared_on"].dt.year)}  # fmt: skip
    assert len(by_year[2024] - by_year[2023]) > 0.3 * len(by_year[2024])
    assert np.isin(diverted["network"], range(1_000)).all()
