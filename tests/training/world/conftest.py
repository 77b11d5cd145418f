from pathlib import Path

import pandas as pd
import pytest

from shiprisk.training.world import Scenario, simulate

TABLES = (
    "declarations", "traders", "inspections", "trade_statistics", "listed_parties", "truth",
)  # fmt: skip


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("world")
    simulate(where, 160_000, seed=3, scenario=Scenario.load("default").scaled(3))
    return where


@pytest.fixture(scope="session")
def tables(directory: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(directory / f"{name}.parquet") for name in TABLES}


@pytest.fixture(scope="session")
def shipments(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Declarations with the truth, the register and what a rule book would compute."""
    rows = tables["declarations"].merge(tables["truth"], validate="one_to_one")
    firms = tables["traders"].drop_duplicates("trader_id").drop(columns="known_from")
    rows = rows.merge(firms, on="trader_id", how="left", validate="many_to_one")
    rows["age"] = (rows["declared_on"] - rows["registered_on"]).dt.days
    rows["listed"] = _listed(rows["hs_code"])
    rows["left_list"] = _listed(rows["previous_hs_code"]) & ~rows["listed"]
    rows["kg_price"] = rows["customs_value_usd"] / rows["net_mass_kg"]
    usual = rows[~rows["diverted"]].groupby("hs_code")["kg_price"].median()
    rows["times_usual"] = rows["kg_price"] / rows["hs_code"].map(usual)
    return rows


def _listed(codes: pd.Series) -> pd.Series:
    from shiprisk.features.lists import tier

    known = {code: tier(code[:6]) > 0 for code in codes.dropna().unique()}
    return codes.map(known).eq(True)
