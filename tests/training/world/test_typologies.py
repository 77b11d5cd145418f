"""Each way to divert goods shows in the records, and each has honest doubles."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.training.world import Scenario, simulate
from shiprisk.training.world.evasion import CANNIBALISED
from shiprisk.training.world.typology import NAMES


def _of(shipments: pd.DataFrame, typology: str) -> pd.DataFrame:
    return shipments[shipments["typology"] == typology]


def _honest(shipments: pd.DataFrame) -> pd.DataFrame:
    return shipments[~shipments["diverted"]]


def test_every_typology_happens(shipments: pd.DataFrame) -> None:
    assert set(shipments["typology"]) == {"", *NAMES}
    shares = shipments.loc[shipments["diverted"], "typology"].value_counts(normalize=True)
    assert shares.min() > 0.01


def test_shells_are_young_and_deal_in_listed_goods(shipments: pd.DataFrame) -> None:
    shells = _of(shipments, "T1")
    assert shells["age"].median() < 365 < _honest(shipments)["age"].median()
    assert shells["listed"].mean() > 0.8


def test_shells_have_honest_doubles(shipments: pd.DataFrame) -> None:
    honest = _honest(shipments)
    young = honest[honest["listed"] & (honest["age"] < 365)]
    assert len(young) > len(_of(shipments, "T1"))


def test_foreign_owners_are_mostly_honest(shipments: pd.DataFrame) -> None:
    owned = shipments["owner_nationalities"].str.contains("RU", na=False)
    assert owned[shipments["diverted"]].mean() > owned[~shipments["diverted"]].mean()
    assert shipments.loc[owned, "diverted"].mean() < 0.3


def test_ghost_importers_have_no_use_for_the_goods(shipments: pd.DataFrame) -> None:
    def fits(rows: pd.DataFrame) -> float:
        trades = ["4652", "4669", "2651", "3316", "4662", "4690", "4619", "4651"]
        return float(rows["activity_code"].isin(trades).mean())

    dealers = _of(shipments, "T7")
    assert fits(_of(shipments, "T2")) < fits(dealers) - 0.1


def test_misdeclared_goods_are_off_the_usual_price(shipments: pd.DataFrame) -> None:
    off = np.abs(np.log(shipments["times_usual"]))
    assert off[shipments["typology"] == "T3"].median() > 1.2 * off[~shipments["diverted"]].median()


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


def test_diverted_transit_is_bound_through_russia(shipments: pd.DataFrame) -> None:
    transit = _of(shipments, "T5")
    assert (transit["direction"].isin(["transit", "export"])).all()
    through = transit["transit_countries"].str.contains("RU", na=False)
    assert through.mean() > 0.7
    honest = _honest(shipments)
    doubles = honest[(honest["direction"] == "transit")
                     & honest["transit_countries"].str.contains("RU", na=False)]  # fmt: skip
    assert len(doubles) > len(transit)


def test_cannibalised_goods_are_consumer_goods_at_ordinary_prices(shipments: pd.DataFrame) -> None:
    goods = _of(shipments, "T6")
    assert goods["hs_code"].str[:4].isin(CANNIBALISED).all()
    assert abs(np.log(goods["times_usual"]).median()) < 0.35


def test_rerouters_come_through_hubs_which_change(shipments: pd.DataFrame) -> None:
    imports = shipments[(shipments["direction"] == "import")]
    routed = _of(imports, "T7")
    hubs = ["TR", "AE", "HK", "CN", "DE", "KG", "GE", "UZ", "AM"]
    assert routed["country_of_dispatch"].isin(hubs).mean() > 0.75
    early = routed["declared_on"] < "2023-04-01"
    late = routed["declared_on"] > "2023-07-01"
    left = routed["country_of_dispatch"].isin(["TR", "AE"])
    assert left[early].mean() > left[late].mean() + 0.2


def test_honest_firms_change_their_route_too(shipments: pd.DataFrame) -> None:
    honest = _honest(shipments).sort_values("declared_on", kind="stable")
    by_trade = honest[honest["listed"]].groupby(["trader_id", "hs_code", "country_of_origin"])
    ends = by_trade["country_of_dispatch"].agg(["first", "last"])
    assert (ends["first"] != ends["last"]).sum() > 20


def test_complicit_brokers_carry_more_than_their_share(shipments: pd.DataFrame) -> None:
    evasive = _of(shipments, "T8")
    brokered = evasive[evasive["declarant_id"] != evasive["trader_id"]]
    most = brokered["declarant_id"].value_counts(normalize=True).head(5).sum()
    honest = _honest(shipments)
    usual = honest.loc[honest["declarant_id"].isin(brokered["declarant_id"].value_counts().head(5)
                                                   .index), "declarant_id"]  # fmt: skip
    assert most > 3 * len(usual) / len(honest)
    # And those brokers work for honest firms too, or their name would be proof.
    assert len(usual) > len(brokered)


def test_overpaid_goods_have_premium_doubles(shipments: pd.DataFrame) -> None:
    paid, honest = _of(shipments, "T9"), _honest(shipments)
    listed = honest[honest["listed"]]
    assert paid["times_usual"].median() > 1.25 * listed["times_usual"].median()
    assert (listed["times_usual"] > paid["times_usual"].median()).sum() > len(paid)


def test_split_consignments_come_in_lots_within_two_days(shipments: pd.DataFrame) -> None:
    imports = shipments[shipments["direction"] == "import"]

    def companions(rows: pd.DataFrame) -> pd.Series:
        """Declarations of the same firm and code within the two days before and after."""
        key = ["trader_id", "hs_code"]
        days = imports.groupby(key)["declared_on"].apply(np.array)
        two = np.timedelta64(2, "D")
        return pd.Series([
            int((np.abs(days.loc[(firm, code)] - day.to_datetime64()) <= two).sum())
            for firm, code, day in rows[[*key, "declared_on"]].itertuples(index=False)
        ])  # fmt: skip

    split = _of(imports, "T10")
    honest = _honest(imports).sample(2_000, random_state=0)
    assert companions(split).median() >= 2 * companions(honest).median()
    assert (companions(honest) >= companions(split).median()).mean() > 0.03


def test_excess_goes_through_honest_dealers_from_sanctioning_makers(
    shipments: pd.DataFrame,
) -> None:
    excess = _of(shipments, "T11")
    imports = excess[excess["direction"] == "import"]
    strict = ["DE", "US", "JP", "GB", "FR", "IT", "KR", "TW", "NL", "PL", "CZ"]
    assert imports["country_of_origin"].isin(strict).mean() > 0.9
    firms = shipments[shipments["trader_id"].isin(imports["trader_id"])]
    assert firms["diverted"].mean() < 0.5


def test_evaders_also_trade_honest_goods(shipments: pd.DataFrame) -> None:
    by_firm = shipments.groupby("trader_id")["diverted"].agg(["any", "all"])
    assert by_firm.loc[by_firm["any"], "all"].mean() < 0.5


def test_no_simple_rule_is_right_in_a_third_of_its_choices(shipments: pd.DataFrame) -> None:
    """In a world with thrice the usual evasion; rules that choose at least half a percent."""
    indirect = shipments["country_of_origin"] != shipments["country_of_dispatch"]
    owned = shipments["owner_nationalities"].str.contains("RU", na=False)
    young, listed = shipments["age"] < 365, shipments["listed"]
    dear = shipments["times_usual"] > 2
    rules = [listed, young, dear, indirect, owned, listed & young, listed & indirect,
             listed & owned, young & owned, listed & dear, shipments["amendments"] > 0,
             shipments["description"].isna()]  # fmt: skip
    for rule in rules:
        assert rule.mean() > 0.005
        assert shipments.loc[rule, "diverted"].mean() < 0.35


def test_a_typology_can_be_scaled_or_left_out(tmp_path: Path) -> None:
    scenario = Scenario.load("rerouting").only("T7")
    shares = []
    for times in (1, 3):
        simulate(tmp_path, 6_000, seed=1, scenario=scenario.scaled(times))
        truth = pd.read_parquet(tmp_path / "truth.parquet")
        assert set(truth["typology"]) == {"", "T7"}
        shares.append(truth["diverted"].mean())
    assert shares[1] == pytest.approx(3 * shares[0], rel=0.6)


def test_a_world_without_evasion_is_honest(tmp_path: Path) -> None:
    scenario = Scenario.load("default").scaled(0)
    simulate(tmp_path, 2_000, seed=1, scenario=scenario)
    assert not pd.read_parquet(tmp_path / "truth.parquet")["diverted"].any()


def test_prevalence_of_the_default_is_half_to_two_in_a_hundred(tmp_path: Path) -> None:
    simulate(tmp_path, 60_000, seed=8)
    truth = pd.read_parquet(tmp_path / "truth.parquet")
    assert 0.005 < truth["diverted"].mean() < 0.02
    assert 0.005 < truth["diverted"].iloc[-20_000:].mean() < 0.025
