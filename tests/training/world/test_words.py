"""Descriptions: what they may say, and what they must not give away."""

import pandas as pd

from shiprisk.features.lists import brand_in
from shiprisk.training.world.goods import goods, table
from shiprisk.training.world.words import ENDINGS, PHRASINGS, VAGUE, WAYS, texts


def brands() -> pd.DataFrame:
    frame = table("brands.csv")
    return frame.assign(brands=frame["brands"].str.split("|"))


def test_every_number_of_a_description_has_a_text() -> None:
    assert len(texts()) == len(goods()) * PHRASINGS * WAYS + len(VAGUE)
    assert {len(each) for each in brands()["brands"]} == {WAYS - len(ENDINGS)}


def test_a_text_names_only_brands_of_its_goods() -> None:
    by_group = dict(zip(brands()["group"], brands()["brands"], strict=True))
    every = {brand for each in by_group.values() for brand in each}
    for row, group in enumerate(goods()["group"]):
        ways = texts()[row * PHRASINGS * WAYS : (row + 1) * PHRASINGS * WAYS]
        endings = {way.rpartition(" ")[2] for way in ways}
        assert not endings & (every - set(by_group.get(group, ())) - {"Instruments"})


def test_some_brands_have_left_and_some_have_not() -> None:
    for group, names in zip(brands()["group"], brands()["brands"], strict=True):
        left = {name for name in names if brand_in(name)}
        assert 0 < len(left) < len(names), group


def test_a_brand_does_not_tell_what_is_diverted(shipments: pd.DataFrame) -> None:
    group = shipments["hs_code"].map(dict(zip(goods()["hs_code"], goods()["group"], strict=True)))
    told = shipments["description"].notna() & ~shipments["description"].isin(VAGUE)
    rows = shipments[group.isin(brands()["group"]) & told]
    names = tuple(f" {name}" for each in brands()["brands"] for name in each)
    share = rows["description"].str.endswith(names).groupby(rows["diverted"]).mean()
    assert share.min() > 0.3
    assert abs(share[True] - share[False]) < 0.05
