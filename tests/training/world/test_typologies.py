"""Each way to divert goods shows in the records, and each has honest doubles."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.training.world import Rerouting, simulate, usual_typologies

LATER_HUBS = ["CN", "KG", "GE", "AM", "UZ"]


def _of(shipments: pd.DataFrame, typology: str) -> pd.DataFrame:
    return shipments[shipments["typology"] == typology]


def _honest(shipments: pd.DataFrame) -> pd.DataFrame:
    return shipments[~shipments["diverted"]]


def test_shells_are_young_and_deal_in_listed_goods(shipments: pd.DataFrame) -> None:
    shells = _of(shipments, "T1")
    assert shells["age"].median() < 365 < _honest(shipments)["age"].median()
    assert shells["listed"].mean() > 0.9


def test_shells_have_honest_doubles(shipments: pd.DataFrame) -> None:
    honest = _honest(shipments)
    young = honest[honest["listed"] & (honest["age"] < 365)]
    assert len(young) > len(_of(shipments, "T1"))


def test_foreign_owners_are_mostly_honest(shipments: pd.DataFrame) -> None:
    owned = shipments["owner_nationalities"].str.contains("RU", na=False)
    assert owned[shipments["diverted"]].mean() > owned[~shipments["diverted"]].mean()
    assert shipments.loc[owned, "diverted"].mean() < 0.3


def test_misdeclared_goods_are_off_the_usual_price(shipments: pd.DataFrame) -> None:
    off = np.abs(np.log(shipments["times_usual"]))
    hidden = shipments["typology"] == "T3"
    assert off[hidden].median() > 1.3 * off[~shipments["diverted"]].median()


def test_misdeclared_goods_have_premium_and_bulk_doubles(shipments: pd.DataFrame) -> None:
    honest = _honest(shipments)["times_usual"]
    count = len(_of(shipments, "T3"))
    assert (honest > 3).sum() > count
    assert (honest < 1 / 3).sum() > count


def test_changed_codes_leave_the_list(shipments: pd.DataFrame) -> None:
    changed = _of(shipments, "T4")
    assert changed["left_list"].mean() > 10 * _honest(shipments)["left_list"].mean()


def test_changed_codes_have_untidy_doubles(shipments: pd.DataFrame) -> None:
    honest = _honest(shipments)
    assert honest["left_list"].sum() >= _of(shipments, "T4")["left_list"].sum()


def _late_share(rows: pd.DataFrame, late: bool) -> float:
    imports = rows[rows["direction"] == "import"]
    period = imports[(imports["declared_on"] >= "2025-03-01") == late]
    period = period[(period["declared_on"] < "2025-01-01") != late]
    return float(period["country_of_dispatch"].isin(LATER_HUBS).mean())


def test_the_hub_mix_of_rerouters_shifts_after_the_crackdown(shipments: pd.DataFrame) -> None:
    rerouted = _of(shipments, "T7")
    assert _late_share(rerouted, late=True) > _late_share(rerouted, late=False) + 0.3


def test_honest_firms_change_their_route_too(shipments: pd.DataFrame) -> None:
    honest = _honest(shipments).sort_values("declared_on", kind="stable")
    by_trade = honest[honest["listed"]].groupby(["trader_id", "hs_code", "country_of_origin"])
    ends = by_trade["country_of_dispatch"].agg(["first", "last"])
    assert (ends["first"] != ends["last"]).sum() > 20


def test_evaders_also_trade_honest_goods(shipments: pd.DataFrame) -> None:
    by_firm = shipments.groupby("trader_id")["diverted"].agg(["any", "all"])
    assert by_firm.loc[by_firm["any"], "all"].mean() < 0.5


def test_no_simple_rule_finds_half_with_half_right(shipments: pd.DataFrame) -> None:
    indirect = shipments["country_of_origin"] != shipments["country_of_dispatch"]
    owned = shipments["owner_nationalities"].str.contains("RU", na=False)
    young, listed = shipments["age"] < 365, shipments["listed"]
    dear = shipments["times_usual"] > 2
    rules = [listed, young, dear, indirect, owned, shipments["left_list"],
             listed & young, listed & indirect, listed & owned, young & owned, listed & dear,
             shipments["amendments"] > 0, shipments["description"].isna()]  # fmt: skip
    for rule in rules:
        precision = shipments.loc[rule, "diverted"].mean()
        recall = rule[shipments["diverted"]].mean()
        assert precision < 0.5 or recall < 0.5


def test_a_typology_can_be_scaled_or_left_out(tmp_path: Path) -> None:
    only = [one for one in usual_typologies() if isinstance(one, Rerouting)]
    simulate(tmp_path, 3_000, seed=1, typologies=[replace(only[0], share=0.05)])
    truth = pd.read_parquet(tmp_path / "truth.parquet")
    assert set(truth["typology"]) == {"", "T7"}
    assert truth["diverted"].mean() == pytest.approx(0.05, abs=0.02)
