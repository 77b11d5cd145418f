"""Facts of pictures: what a plain count over the records gives, and nothing from the day on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import NODES, History
from shiprisk.features.lists import as_hs2022, listed_since
from shiprisk.serving import RejectedRecord
from shiprisk.serving.desk import Evidence, evidence_of
from tests.asked import past
from tests.factory import declaration, trader
from tests.serving.desk.evidence.conftest import DAY, World

GROUPS = {
    "code": ["hs_code", "country_of_origin"],
    "subheading": ["hs6"],
    "heading": ["hs4"],
    "chapter": ["hs2"],
}


@pytest.fixture(scope="session")
def found(told: World, of_day: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Evidence]]:
    return [(row, evidence_of(told.whole, row, DAY)) for row in of_day]


@pytest.fixture(scope="session")
def earlier(told: World) -> pd.DataFrame:
    """Declarations before the day with what is compared of them."""
    declared = told.declared[told.declared["declared_on"] < pd.Timestamp(DAY)]
    return with_goods(declared)


def with_goods(declared: pd.DataFrame) -> pd.DataFrame:
    code = declared["hs_code"].astype(object)
    before = declared["previous_hs_code"].astype(object)
    hs6 = code.map(lambda x: as_hs2022(x[:6]), na_action="ignore")
    named = before.map(lambda x: as_hs2022(x[:6]), na_action="ignore")
    onward = (declared["direction"] == "onward") & named.notna()
    since = hs6.map(listed_since)
    return declared.assign(
        hs6=hs6, hs4=code.str[:4], hs2=code.str[:2], came_in_as=named.where(onward, hs6),
        price=np.log(declared["customs_value_usd"] / declared["net_mass_kg"]),
        listed=pd.to_datetime(since) <= declared["declared_on"],
    )  # fmt: skip


def goods_of(row: dict[str, Any]) -> dict[str, Any]:
    """The one record with the same."""
    frame = pd.DataFrame([declaration(**dict.fromkeys(declaration()), **{}) | row])
    made: dict[str, Any] = with_goods(frame.assign(declared_on=pd.Timestamp(DAY))).iloc[0].to_dict()
    return made


def test_nothing_from_the_day_on_changes_them(
    told: World, found: list[tuple[dict[str, Any], Evidence]]
) -> None:
    for row, evidence in found:
        cut = evidence_of(told.cut, row, DAY)
        assert cut.through < DAY <= evidence.through
        if evidence.timeline:
            whole = replace(evidence.timeline, through=cut.through)
            evidence = replace(evidence, timeline=whole)
        assert replace(cut, through=evidence.through) == evidence


def test_prices_are_those_of_the_comparables(
    found: list[tuple[dict[str, Any], Evidence]], earlier: pd.DataFrame
) -> None:
    year = earlier[earlier["declared_on"] >= pd.Timestamp(DAY) - pd.Timedelta(days=365)]
    groups = set()
    for row, evidence in found:
        if evidence.price is None:
            continue
        price, own = evidence.price, goods_of(row)
        groups.add(price.group)
        same = np.ones(len(year), dtype=bool)
        for name in GROUPS[price.group]:
            same &= (year[name] == own[name]).to_numpy()
        prices = year["price"][same].dropna()
        assert price.n == len(prices) == sum(bar.shipments for bar in price.bars)
        assert price.usual == pytest.approx(np.exp(prices.mean()))
        mine, bins = np.floor((own["price"] + 10) / 0.1), np.floor((prices + 10) / 0.1)
        assert price.dearer_than == (np.sum(bins < mine) + np.sum(bins == mine) / 2) / price.n
        assert price.bars[0].low <= price.value < price.bars[-1].high
        edges = np.log([bar.low for bar in price.bars] + [price.bars[-1].high])
        counted, _ = np.histogram(prices, edges)
        assert [bar.shipments for bar in price.bars] == counted.tolist()
    assert len(groups) > 2


def test_months_hold_what_the_firm_declared(
    found: list[tuple[dict[str, Any], Evidence]], earlier: pd.DataFrame
) -> None:
    busy = 0
    for row, evidence in found:
        timeline = evidence.timeline
        assert timeline is not None
        own = earlier[earlier["trader_id"] == row["trader_id"]]
        first, listed = own["declared_on"].min(), own["declared_on"][own["listed"]].min()
        assert pd.Timestamp(timeline.first_trade) is pd.NaT or timeline.first_trade == first.date()
        assert (timeline.first_listed is None) == pd.isna(listed)
        assert timeline.first_listed is None or timeline.first_listed == listed.date()
        months = pd.period_range("2022-05", "2024-05", freq="M")
        assert [month.start for month in timeline.months] == [x.start_time.date() for x in months]
        by = own.assign(one=1).groupby(own["declared_on"].dt.to_period("M"))
        sums = by[["one", "listed", "customs_value_usd"]].sum().reindex(months, fill_value=0)
        assert [x.shipments for x in timeline.months] == sums["one"].tolist()
        assert [x.listed for x in timeline.months] == sums["listed"].tolist()
        assert [x.value for x in timeline.months] == pytest.approx(
            sums["customs_value_usd"].tolist()
        )
        busy += (sums["listed"] > 0).sum()
    assert busy > 3


def test_the_ledger_is_what_came_in_less_what_was_sent_on(
    found: list[tuple[dict[str, Any], Evidence]], earlier: pd.DataFrame
) -> None:
    held = 0
    for row, evidence in found:
        own = goods_of(row)
        same = earlier[
            (earlier["trader_id"] == row["trader_id"])
            & (earlier["came_in_as"] == own["came_in_as"])
            & earlier["direction"].isin(["import", "onward"])
        ]
        mass = same["net_mass_kg"].fillna(0)
        if not mass.sum() or row["direction"] not in ("import", "onward"):
            assert evidence.ledger is None
            continue
        ledger = evidence.ledger
        assert ledger is not None
        signed = mass.where(same["direction"] == "import", -mass)
        assert ledger.left == pytest.approx(signed.sum(), abs=1e-4)
        for month in ledger.months:
            until = same["declared_on"] < pd.Timestamp(month.start) + pd.offsets.MonthBegin()
            assert month.left == pytest.approx(signed[until].sum(), abs=1e-4)
        held += 1
    assert held > 5


def test_ways_are_counted_among_those_that_could_have_come_so(
    found: list[tuple[dict[str, Any], Evidence]], earlier: pd.DataFrame
) -> None:
    told = 0
    for row, evidence in found:
        assert evidence.route is not None
        usual = {x.what: (x.part, x.of) for x in evidence.route.usual}
        heading = earlier[earlier["hs4"] == row["hs_code"][:4]]
        way = ("country_of_dispatch", "customs_office", "mode_of_transport")
        if len(heading) and all(name in row for name in way):
            same = np.all([(heading[name] == row[name]).to_numpy() for name in way], axis=0)
            assert usual["whole"] == (same.sum(), len(heading))
            told += 1
    assert told > 20


def test_firms_that_share_are_counted_as_known_on_the_day(
    told: World, found: list[tuple[dict[str, Any], Evidence]], earlier: pd.DataFrame
) -> None:
    known = told.traders[told.traders["known_from"] < pd.Timestamp(DAY)]
    now = known.sort_values("known_from").groupby("trader_id").tail(1).set_index("trader_id")
    before = told.inspected[told.inspected["known_on"] < pd.Timestamp(DAY)]
    shared = 0
    for row, evidence in found:
        if evidence.network is None:
            assert row["trader_id"] not in now.index
            continue
        ties = {tie.role: tie for tie in evidence.network.ties}
        own = before[before["trader_id"] == row["trader_id"]]
        assert evidence.network.inspected == len(own)
        assert evidence.network.violations == own["violation"].sum()
        for role in ("address", "director"):
            if role not in ties or row["trader_id"] not in now.index:
                continue
            firms = now[now[f"{role}_id"] == ties[role].number]
            assert ties[role].firms == len(firms)
            others = {firm.trader_id for firm in ties[role].others}
            assert others <= set(firms.index) - {row["trader_id"]}
            assert len(others) == min(len(firms) - 1, 3)
            shared += len(others)
        partner = earlier[earlier["partner_id"] == row.get("partner_id")]
        if "partner" in ties:
            assert ties["partner"].firms == partner["trader_id"].nunique()
    assert shared > 5


def test_without_a_past_what_is_lacking_is_named() -> None:
    evidence = evidence_of(History(NODES), declaration(), DAY)
    assert evidence.price is None
    assert evidence.ledger is None
    assert evidence.missing == {
        "price": "pictures.price.too_few",
        "ledger": "pictures.ledger.nothing",
    }
    # The number of the firm says when it was registered; countries and parties are declared.
    assert evidence.timeline is not None
    assert not evidence.timeline.on_register
    assert evidence.route is not None
    assert evidence.network is not None
    assert {tie.role for tie in evidence.network.ties} == {"declarant", "partner"}


BARE = (
    "country_of_origin", "country_of_dispatch", "country_of_destination", "transit_countries",
    "border_office", "declarant_id", "partner_id", "partner_country", "net_mass_kg",
)  # fmt: skip


def test_a_bare_record_has_no_pictures() -> None:
    bare = {name: x for name, x in declaration(trader_id="X").items() if name not in BARE}
    evidence = evidence_of(History(NODES), bare, DAY)
    parts = ("price", "timeline", "route", "ledger", "network")
    assert [getattr(evidence, part) for part in parts] == [None] * 5
    assert sorted(evidence.missing) == sorted(parts)


@pytest.fixture
def rerouted() -> Callable[..., Evidence]:
    def made(**edits: Any) -> Evidence:
        return evidence_of(past(), declaration(**edits), DAY)

    return made


def test_hubs_are_marked_where_goods_of_others_pass(rerouted: Callable[..., Evidence]) -> None:
    route = rerouted(country_of_origin="DE", country_of_dispatch="AE", trading_country="HK").route
    assert route is not None
    marked = {stop.country: stop.hub for stop in route.stops if stop.country}
    assert marked == {"DE": False, "AE": True, "GE": True, "AZ": False, "KZ": False}
    assert route.seller is not None
    assert (route.seller.country, route.seller.hub) == ("HK", True)
    assert not any(stop.concern for stop in route.stops)
    onward = rerouted(direction="onward", country_of_origin="CN", country_of_dispatch="KZ",
                      country_of_destination="RU", transit_countries=None).route  # fmt: skip
    assert onward is not None
    assert [(stop.country, stop.concern) for stop in onward.stops if stop.country] == [
        ("CN", False), ("KZ", False), ("RU", True),
    ]  # fmt: skip


def test_a_firm_leaves_an_address_when_the_register_learns_of_it() -> None:
    frame = pd.DataFrame(
        [
            trader(trader_id="A", known_from="2020-01-01"),
            trader(trader_id="B", known_from="2020-01-01"),
            trader(trader_id="B", known_from="2023-01-01", address_id="elsewhere"),
            trader(trader_id="C", known_from="2024-01-01"),
        ]
    )
    frame["known_from"] = pd.to_datetime(frame["known_from"]).astype("datetime64[s]")
    frame["registered_on"] = pd.to_datetime(frame["registered_on"]).astype("datetime64[s]")
    history = History(NODES).extended(traders=frame)

    def sharing(day: str) -> list[str]:
        at = history.register.sharing("address_id", "A-9", np.datetime64(day))
        return sorted(at["trader_id"])

    assert sharing("2020-01-01") == []
    assert sharing("2020-01-02") == ["A", "B"]
    assert sharing("2023-01-01") == ["A", "B"]
    assert sharing("2023-01-02") == ["A"]
    assert sharing("2024-06-01") == ["A", "C"]
    nobody = history.register.sharing("no_such_field", "A-9", np.datetime64("2024-06-01"))
    assert not len(nobody["trader_id"])


def test_what_is_no_shipment_is_refused() -> None:
    with pytest.raises(RejectedRecord, match="hs_code"):
        evidence_of(History(NODES), declaration(hs_code="soap"), DAY)
