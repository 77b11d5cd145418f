"""Goods that leave again came in before: the ledger of every firm and heading balances."""

import numpy as np
import pandas as pd
import pytest

LEDGER = ["trader_id", "hs6"]


@pytest.fixture(scope="module")
def movements(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """All rows with the truth; codes as the nomenclature of 2022 has them, where they map."""
    rows = tables["declarations"].merge(tables["truth"], validate="one_to_one")
    return rows.assign(hs6=rows["hs_code"].str[:6])


def test_no_more_moves_on_than_came_in_up_to_any_day(movements: pd.DataFrame) -> None:
    # The change of codes splits ledgers; the stretch after it does not.
    rows = movements[movements["direction"].isin(["import", "onward"])]
    old = set(rows.loc[rows["declared_on"] < "2022-01-01", "hs6"]) - set(
        rows.loc[rows["declared_on"] >= "2022-06-01", "hs6"]
    )
    began = rows["declared_on"].min()
    rows = rows[~rows["trader_id"].isin(rows.loc[rows["hs6"].isin(old), "trader_id"])]
    # On a day what comes in is entered before what leaves.
    rows = rows.sort_values(["declared_on", "direction"], kind="stable")
    signed = rows["net_mass_kg"].where(rows["direction"] == "import", -rows["net_mass_kg"])
    balance = signed.groupby([rows[name] for name in LEDGER]).cumsum()
    assert balance.min() > -0.01
    assert (rows["direction"] == "onward").sum() > 1_000
    assert rows["declared_on"].min() == began


def test_onward_movements_name_the_import_that_they_draw_on(movements: pd.DataFrame) -> None:
    onward = movements[movements["direction"] == "onward"]
    assert 0.75 < onward["previous_hs_code"].notna().mean() < 0.95
    named = onward.dropna(subset="previous_hs_code")
    assert (named["previous_hs_code"].str.len() == 10).all()
    assert (named["country_of_dispatch"] == "KZ").all()
    assert onward["procedure"].isna().all()


def test_ghost_goods_enter_and_stay_in_the_ledger(movements: pd.DataFrame) -> None:
    def sent_on(rows: pd.DataFrame) -> float:
        mass = rows.groupby("direction")["net_mass_kg"].count()
        return float(mass.get("onward", 0) / mass["import"])

    ghost = movements[movements["typology"] == "T2"]
    others = movements[movements["typology"].isin(["T1", "T6", "T7"])]
    assert sent_on(ghost) < 0.12 < sent_on(others)


def test_transit_is_closed_by_honest_traders_and_rarely_by_others(
    movements: pd.DataFrame,
) -> None:
    opened = movements[(movements["direction"] == "transit")]
    opened = opened[opened["declared_on"] < "2024-06-01"]
    closed = movements[(movements["direction"] == "export") & (movements["procedure"] == "80")]
    keys = ["trader_id", "net_mass_kg", "hs6"]
    arrives = pd.MultiIndex.from_frame(opened[keys]).isin(pd.MultiIndex.from_frame(closed[keys]))
    honest = ~opened["diverted"].to_numpy()
    diverted = (opened["typology"] == "T5").to_numpy()
    assert arrives[honest].mean() > 0.85
    assert arrives[diverted].mean() < 0.3
    # Enough honest traders let a transit hang that an open one proves nothing.
    assert (~arrives[honest]).sum() > 0.3 * (~arrives[diverted]).sum()


def test_every_leg_of_diverted_goods_is_diverted(movements: pd.DataFrame) -> None:
    diverted = movements[movements["diverted"]]
    assert set(diverted["direction"]) == {"import", "onward", "transit", "export"}
    assert np.isin(diverted.loc[diverted["direction"] == "onward", "country_of_destination"],
                   ["RU"]).mean() > 0.6  # fmt: skip
