"""The tables beside the code must fit together, or draws would silently go astray."""

import numpy as np

from shiprisk.features.lists import tier
from shiprisk.training.world.calendar import Calendar, day
from shiprisk.training.world.countries import COUNTRIES
from shiprisk.training.world.goods import (
    column,
    demand,
    draw_origin,
    draw_sanctioning_origin,
    goods,
    groups,
    table,
)
from shiprisk.training.world.routes import USUAL_HUBS


def test_every_country_of_dispatch_has_a_route() -> None:
    makers = {maker.split(":")[0] for text in groups()["origins"] for maker in text.split()}
    assert makers | set(USUAL_HUBS) <= set(table("routes.csv")["dispatch"])


def test_every_code_belongs_to_a_group_and_is_named_once() -> None:
    catalogue = goods()
    assert catalogue["hs_code"].is_unique
    assert set(catalogue["group"]) == set(groups()["group"])


def test_goods_with_a_second_unit_have_a_weight_for_it() -> None:
    catalogue = goods()
    assert (catalogue.loc[catalogue["unit"] != "", "piece"] > 0).all()
    numbers = catalogue[["price", "spread", "mass", "tare", "pack", "weight"]]
    assert (numbers > 0).all(axis=None)


def test_listed_goods_pass_for_an_unlisted_neighbour() -> None:
    catalogue = goods()
    listed = catalogue[catalogue["listed"] & (table("goods.csv")["passes_for"] != "")]
    assert len(listed) >= 20
    neighbours = catalogue["hs_code"].to_numpy()[listed["passes_for"]]
    assert not any(tier(code[:6]) for code in neighbours)
    assert all(a[:2] == b[:2] for a, b in zip(listed["hs_code"], neighbours, strict=True))


def test_listed_goods_cost_more_per_kg_than_those_they_pass_for() -> None:
    catalogue = goods()
    listed = catalogue[catalogue["listed"]]
    price = catalogue["price"].to_numpy()
    assert np.median(listed["price"] / price[listed["passes_for"]]) > 1.2


def test_goods_come_from_a_country_that_makes_them() -> None:
    bananas = np.flatnonzero(column("hs_code") == "0803901000")
    numbers = draw_origin(np.random.default_rng(0), np.repeat(bananas, 300))
    drawn = {COUNTRIES[number] for number in numbers}
    assert drawn <= {"UZ", "TR", "CN", "EC", "EG", "IR"}
    assert len(drawn) > 3


def test_sanctioning_origins_are_used_where_there_are_any() -> None:
    chips = np.flatnonzero(column("hs_code") == "8542319010")
    numbers = draw_sanctioning_origin(np.random.default_rng(0), np.repeat(chips, 300))
    assert {COUNTRIES[number] for number in numbers} <= {"TW", "US", "DE", "JP", "KR"}


def test_codes_of_the_older_nomenclature_are_other_codes() -> None:
    renamed = table("hs2017.csv")
    assert set(renamed["hs10"]) <= set(column("hs_code"))
    assert renamed["hs10"].is_unique
    assert (renamed["hs10"].str[:6] != renamed["hs2017"].str[:6]).all()
    assert not set(renamed["hs2017"]) & set(column("hs_code")) - {"8543708000"}


def test_demand_has_seasons_and_goods_grow_each_at_a_pace_of_their_own() -> None:
    wanted = demand(1, Calendar(day("2021-01-01"), day("2023-12-31")))
    toys = (column("group_number") == list(groups()["group"]).index("toys")).nonzero()[0]
    november, may = wanted[toys][:, [10, 22, 34]].mean(), wanted[toys][:, [4, 16, 28]].mean()
    assert november > 1.5 * may
    growth = wanted[:, 24:].mean(axis=1) / wanted[:, :12].mean(axis=1)
    assert growth.std() > 0.15
    assert growth.mean() > 1
