"""What the signals of goods find beside the priority list."""

import numpy as np
import pytest

from tests.features.signals.test_meaning import past, typed, value

CHIPS, BEARING_PARTS, WASHERS = "8542310000", "8482990000", "8450111100"


def test_goods_of_concern_are_not_counted_again_once_they_are_listed() -> None:
    ball_bearings = {"hs_code": "8482101009"}
    assert value("goods_of_concern", hs_code=BEARING_PARTS, declared_on="2024-06-01") == 1
    assert value("goods_of_concern", hs_code=BEARING_PARTS, declared_on="2023-10-27") == 0
    assert value("goods_of_concern", **ball_bearings, declared_on="2024-06-01") == 0
    assert value("goods_of_concern", hs_code=CHIPS, declared_on="2024-06-01") == 0


def test_goods_are_taken_apart_from_the_day_it_was_told() -> None:
    assert value("cannibalised_goods", hs_code=WASHERS, declared_on="2022-10-28") == 0
    assert value("cannibalised_goods", hs_code=WASHERS, declared_on="2022-10-29") == 1
    assert value("cannibalised_goods", hs_code="8422400008", declared_on="2024-01-01") == 0


def test_days_since_the_first_listed_goods_follow_the_list_of_each_day() -> None:
    server = "8471500000"  # on the list from September 2023
    history = past(
        {"hs_code": server, "declared_on": "2023-06-01"},
        {"hs_code": server, "declared_on": "2024-01-01"},
    )
    asked = {"hs_code": server, "declared_on": "2024-01-31"}
    assert value("days_since_first_listed_goods", history, **asked) == 30
    assert np.isnan(value("days_since_first_listed_goods", history, **asked, trader_id="new"))


def test_goods_traded_before_they_were_listed_or_under_the_old_code_are_not_new() -> None:
    history = past(
        {"hs_code": "8471500000", "declared_on": "2023-06-01"},
        {"hs_code": "8548900000", "declared_on": "2021-06-01"},  # HS 2017
    )
    asked = {"declared_on": "2024-06-01"}
    assert value("listed_goods_new_to_trader", history, hs_code="8471500000", **asked) == 0
    assert value("listed_goods_new_to_trader", history, hs_code="8548000000", **asked) == 0
    assert value("listed_goods_new_to_trader", history, hs_code=CHIPS, **asked) == 1
    assert value("listed_goods_new_to_trader", history, hs_code="0406901200", **asked) == 0
    new_firm = value("listed_goods_new_to_trader", history, hs_code=CHIPS, trader_id="n", **asked)
    assert np.isnan(new_firm)


def test_from_first_trade_to_listed_goods() -> None:
    name = "first_trade_to_listed_goods_days"
    history = past({"hs_code": "0406901200", "declared_on": "2024-01-01"})
    asked = {"declared_on": "2024-02-01"}
    assert value(name, history, hs_code=CHIPS, **asked) == 31
    assert np.isnan(value(name, history, hs_code="0406901200", **asked))
    assert value(name, history, hs_code=CHIPS, trader_id="new", **asked) == 0


def test_a_turn_of_the_mix_is_higher_than_trade_as_usual() -> None:
    months = [f"2023-{month:02}-01" for month in range(2, 12)]
    cheese, chips = {"hs_code": "0406901200"}, {"hs_code": CHIPS}
    history = past(
        *({**cheese, "declared_on": day} for day in months),
        *({**chips, "declared_on": f"2024-01-{day:02}"} for day in range(10, 20)),
    )
    asked = {"declared_on": "2024-02-01"}
    turned = value("turn_to_heading", history, **chips, **asked)
    assert turned > 0 > value("turn_to_heading", history, **cheese, **asked)
    assert np.isnan(value("turn_to_heading", history, **chips, **asked, trader_id="new"))
    young = past({**chips, "declared_on": "2024-01-15"})
    assert np.isnan(value("turn_to_heading", young, **chips, **asked))


def test_a_missing_earlier_code_counts_where_the_firm_usually_gives_it() -> None:
    given = past(*[{"declared_on": "2024-01-01"}] * 8)
    never = past(*[{"declared_on": "2024-01-01", "previous_hs_code": None}] * 8)
    asked = {"declared_on": "2024-02-01"}
    without = {**asked, "previous_hs_code": None}
    assert value("previous_code_withheld", given, **asked) == 0
    assert value("previous_code_withheld", never, **without) == 0
    assert value("previous_code_withheld", given, **without) > 0.5
    assert np.isnan(value("previous_code_withheld", given, **without, direction="transit"))


@pytest.mark.parametrize(
    ("previous", "declared", "found"),
    [
        ("8703231940", "8703231940", 0),
        ("8703231940", "8703239041", 1),
        ("87032319", "8703231940", 0),
        ("87032319", "8703239041", 1),
        ("8703231940", "8703231990", 1),
        ("8703231940", "8542310000", 0),  # within six digits: another signal's finding
        ("870323", "8703239041", np.nan),
        (None, "8703239041", np.nan),
    ],
)
def test_a_change_only_beyond_six_digits(previous: str | None, declared: str, found: float) -> None:
    told = value("hs_changed_beyond_six", previous_hs_code=previous, hs_code=declared)
    np.testing.assert_equal(told, found)


WIGS = {"description": "Парики из синтетических волос, 20 шт", "hs_code": "6704110000"}
BOARDS = {"description": "Flight controllers, 3 pcs", "hs_code": "8537109100"}


def test_words_are_held_against_the_chapters_they_were_declared_in() -> None:
    history = past(*[{**WIGS, "declared_on": "2024-01-01"}, {**BOARDS, "declared_on": "2024-01-01"}]
                   * 10)  # fmt: skip
    asked = {"declared_on": "2024-02-01", "description": "ПАРИКИ из синтетических волос, 7 шт."}
    fits = value("words_fit_chapter", history, **asked, hs_code=WIGS["hs_code"])
    conflicts = value("words_fit_chapter", history, **asked, hs_code=BOARDS["hs_code"])
    assert fits > 0.8 > 0.2 > conflicts
    neighbour = {**asked, "hs_code": "6703000000"}
    assert value("words_fit_chapter", history, **neighbour) == pytest.approx(fits)
    assert value("words_fit_heading", history, **neighbour) < 0.2


def test_a_description_seen_rarely_is_judged_by_how_it_begins() -> None:
    history = past(*[{**WIGS, "declared_on": "2024-01-01"}] * 10)
    asked = {**WIGS, "declared_on": "2024-02-01", "description": "парики из синтетических нитей"}
    block = history.block(typed({"declaration_id": "asked", **asked}))
    assert block["words_compared"][0] == "парики синтетических"
    assert block["words_known_in_chapter"][0] == 10
    assert block["words_fit_chapter"][0] > 0.8


@pytest.mark.parametrize("description", ["hitherto unheard", "12 / 7-3", None])
def test_words_never_seen_fit_neither_well_nor_badly(description: str | None) -> None:
    history = past(*[{**WIGS, "declared_on": "2024-01-01"}] * 10)
    found = value("words_fit_chapter", history, declared_on="2024-02-01", description=description)
    assert np.isnan(found)


def test_a_brand_has_left_from_the_day_it_was_announced() -> None:
    washers = "Washing machines Samsung"
    assert value("brand_has_left", description=washers, declared_on="2022-03-04") == 0
    assert value("brand_has_left", description=washers, declared_on="2022-03-05") == 1
    assert value("brand_has_left", description="Washing machines Haier") == 0
    assert np.isnan(value("brand_has_left", description=None))
