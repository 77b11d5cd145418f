"""The tables beside the code must fit together, or draws would silently go astray."""

import numpy as np

from shiprisk.features.lists import tier
from shiprisk.training.world.goods import draw_origin, goods, groups, table
from shiprisk.training.world.routes import USUAL_HUBS


def test_every_country_of_dispatch_has_a_route() -> None:
    makers = {maker.split(":")[0] for text in groups()["origins"] for maker in text.split()}
    assert makers | set(USUAL_HUBS) <= set(table("routes.csv")["dispatch"])


def test_every_code_belongs_to_a_group_and_is_named_once() -> None:
    catalogue = goods()
    assert catalogue["hs_code"].is_unique
    assert set(catalogue["group"]) == set(groups()["group"])


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
    catalogue = goods()
    bananas = np.flatnonzero(catalogue["hs_code"] == "0803901000")
    drawn = draw_origin(np.random.default_rng(0), np.repeat(bananas, 300))
    assert set(drawn) <= {"UZ", "TR", "CN", "EC", "EG", "IR"}
    assert len(set(drawn)) > 3
