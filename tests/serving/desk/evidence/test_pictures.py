"""Pictures: whole XML, nothing that a browser would obey, text for who cannot see them."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given as supposing
from hypothesis import settings
from hypothesis import strategies as st

from shiprisk.features import NODES, History
from shiprisk.serving import Words
from shiprisk.serving.desk import Evidence, evidence_of
from shiprisk.serving.desk.evidence import Picture
from shiprisk.serving.desk.evidence.drawing.canvas import legal
from shiprisk.serving.words import LANGUAGES
from tests.asked import past
from tests.factory import declaration, trader
from tests.serving.desk.evidence.conftest import DAY, World

ENGLISH = Words.of("en")
Shapes = list[list[tuple[str, list[str]]]]
SHAPES = {"svg", "rect", "line", "polyline", "circle", "text", "title"}
# Fields of facts that hold what stood in a record.
WRITTEN = {"goods", "origin", "unit", "trader_id", "name", "number", "office", "country"}
HOSTILE = (
    "</text><script>alert(1)</script>", "\"'><image href=x onerror=alert(1)>", "]]>", "{0} {x} %s",
    "<!--", "\x00\x1b[31m", "&lt;&#60;", "\u202eevil",
)  # fmt: skip


def tree(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(str(picture.svg))


@pytest.fixture(scope="session")
def drawn(told: World, of_day: list[dict[str, Any]]) -> list[tuple[Evidence, list[Picture]]]:
    found = [evidence_of(told.whole, row, DAY) for row in of_day]
    return [(evidence, evidence.pictures(ENGLISH)) for evidence in found]


def test_each_part_that_is_told_is_drawn_once(
    drawn: list[tuple[Evidence, list[Picture]]],
) -> None:
    families = {"price": "price", "timeline": "firm", "network": "firm", "route": "route",
                "ledger": "flow"}  # fmt: skip
    for evidence, pictures in drawn:
        there = [family for part, family in families.items() if getattr(evidence, part)]
        assert [picture.family for picture in pictures] == there
        assert len(evidence.gaps(ENGLISH)) == len(families) - len(there)


def test_pictures_are_whole_and_within_their_frame(
    drawn: list[tuple[Evidence, list[Picture]]],
) -> None:
    for _, pictures in drawn:
        for picture in pictures:
            root = tree(picture)
            assert root.get("role") == "img"
            assert len(root.get("aria-label") or "") > 20
            _, _, width, height = map(float, str(root.get("viewBox")).split())
            for shape in root.iter():
                assert shape.tag in SHAPES
                assert "style" not in shape.attrib
                if shape.tag == "rect":
                    x, y, wide, high = (
                        float(shape.attrib[name]) for name in ("x", "y", "width", "height")
                    )
                    assert -0.1 <= x <= x + wide <= width + 0.1
                    assert -0.1 <= y <= y + high <= height + 0.1
            assert len([x for x in root.iter() if x.get("class") in ("card", "other")]) < 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_told_in_each_language(
    drawn: list[tuple[Evidence, list[Picture]]], language: str
) -> None:
    for evidence, pictures in drawn[:3]:
        told = evidence.pictures(Words.of(language))
        assert len(told) == len(pictures)
        assert all(tree(picture).get("aria-label") for picture in told)


def test_bars_are_as_many_as_the_table_says(
    drawn: list[tuple[Evidence, list[Picture]]],
) -> None:
    for evidence, pictures in drawn:
        for picture in pictures:
            if picture.family == "price" and evidence.price:
                assert picture.table
                told = [int(row[1].replace(",", "")) for row in picture.table.rows]
                assert sum(told) == evidence.price.n
                bars = [x for x in tree(picture) if x.get("class") == "bar"]
                assert len(bars) == len(evidence.price.bars)


def test_owner_nationality_is_left_out_where_it_may_not_be_shown() -> None:
    received = declaration(owner_nationalities="AQ:0.75 KZ:0.25")
    evidence = evidence_of(History(NODES), received, DAY)
    assert evidence.network
    assert evidence.network.owners == (("AQ", 0.75), ("KZ", 0.25))
    (shown,) = (x for x in evidence.pictures(ENGLISH) if x.svg and "network" in x.svg)
    assert "75 % Antarctica (AQ)" in shown.svg
    hidden = evidence.pictures(ENGLISH, with_owner_nationality=False)
    assert len(hidden) == len(evidence.pictures(ENGLISH))
    for picture in hidden:
        assert "Antarctica" not in picture.svg + picture.note
        assert "owners, as declared" not in picture.svg


@pytest.fixture(scope="module")
def whole() -> Evidence:
    """Evidence with all five pictures, of a firm that shares its address and has stock."""
    made = [declaration(declared_on="2024-03-01", declaration_id=f"D{at}") for at in range(25)]
    register = pd.DataFrame([trader(), trader(trader_id="other")])
    register = register.assign(
        **{name: pd.to_datetime(register[name]) for name in ("registered_on", "known_from")}
    )
    received = declaration(trading_country="HK")
    return evidence_of(past(*made).extended(traders=register), received, DAY)


def with_text(fact: Any, text: str) -> Any:
    """A fact with all that is written in a record replaced."""
    if isinstance(fact, tuple):
        return tuple(with_text(one, text) for one in fact)
    if not is_dataclass(fact) or isinstance(fact, type):
        return fact
    told = {field.name: getattr(fact, field.name) for field in fields(fact) if field.init}
    return replace(
        fact,
        **{
            name: text if name in WRITTEN and isinstance(value, str) else with_text(value, text)
            for name, value in told.items()
        },
    )


@settings(max_examples=200)
@supposing(
    text=st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80),
        st.sampled_from(HOSTILE),
    )
)
def test_hostile_text_stays_text(whole: Evidence, harmless: Shapes, text: str) -> None:
    trees = [tree(picture) for picture in with_text(whole, text).pictures(ENGLISH)]
    assert shapes_of(trees) == harmless
    assert legal(text)[:3].strip() in "".join(said for one in trees for said in one.itertext())


@pytest.fixture(scope="module")
def harmless(whole: Evidence) -> Shapes:
    pictures = with_text(whole, "bearings").pictures(ENGLISH)
    assert len(pictures) == 5
    return shapes_of(map(tree, pictures))


def shapes_of(trees: Iterable[ElementTree.Element]) -> Shapes:
    """Of each picture the shapes and their attributes; what is cut stands whole in a title."""
    return [[(x.tag, sorted(x.attrib)) for x in one.iter() if x.tag != "title"] for one in trees]
