"""What the signals of conduct find: splitting, partners, empty cells."""

from typing import Any

import numpy as np

from tests.features.signals.test_meaning import past, typed, value

DAY = "2024-03-10"


def test_small_parts_of_two_days_add_up_and_others_do_not() -> None:
    name, asked = "small_parts_before", {"declared_on": DAY, "customs_value_usd": 1000.0}
    part = {"declared_on": "2024-03-09", "customs_value_usd": 1500.0}
    history = past(part, {**part, "declared_on": "2024-03-08"})
    assert value(name, history, **asked) == 2
    assert value("value_of_small_parts_in_2_days", history, **asked) == 3000
    assert value(name, history, **{**asked, "customs_value_usd": 9000.0}) == 0
    for other in ({"declared_on": DAY}, {"declared_on": "2024-03-07"}, {"hs_code": "0406901200"},
                  {"partner_country": "CN"}, {"trader_id": "another"},
                  {"customs_value_usd": 9000.0}):  # fmt: skip
        assert value(name, past({**part, **other}), **asked) == 0
    assert np.isnan(value(name, history, **{**asked, "customs_value_usd": None}))


def test_a_value_just_below_a_threshold_stands_out() -> None:
    def found(usd: float | None, day: str = DAY) -> float:
        return value("near_below_threshold", customs_value_usd=usd, declared_on=day)

    assert found(2500.0) == 1
    assert found(2400.0) > found(1000.0) > found(2600.0) > 0
    assert found(49_000.0) > 0.9
    assert found(49_000.0, "2019-06-30") == 0  # the higher threshold was not in force yet
    assert found(60_000.0) == 0
    assert np.isnan(found(None))


def test_many_small_shipments_of_one_firm_exceed_what_others_do() -> None:
    name = "small_shipments_excess"
    small, large = {"customs_value_usd": 2000.0}, {"customs_value_usd": 90_000.0}
    others = [{**large, "trader_id": "another", "declared_on": "2024-01-05"}] * 40
    many = past(*others, *[{**small, "declared_on": "2024-03-01"}] * 10)
    once = past(*others, {**small, "declared_on": "2024-03-01"})
    none = past(*others, *[{**large, "declared_on": "2024-03-01"}] * 10)
    asked = {"declared_on": DAY}
    assert value(name, many, **asked) > value(name, once, **asked) > value(name, none, **asked)
    assert np.isnan(value(name, past(*others), **asked))


def test_a_partner_new_to_the_firm_may_be_known_to_others() -> None:
    asked = {"declared_on": DAY, "partner_id": "P"}
    history = past(
        {"declared_on": "2024-03-01", "trader_id": "another", "partner_id": "P"},
        {"declared_on": "2024-02-01", "partner_id": "Q"},
    )
    assert value("partner_known_days", history, **asked) == 9
    assert value("partner_new_to_trader", history, **asked) == 1
    assert value("partner_new_to_trader", history, **{**asked, "partner_id": "Q"}) == 0
    assert np.isnan(value("partner_known_days", history, **{**asked, "partner_id": "never"}))
    assert np.isnan(value("partner_new_to_trader", history, **{**asked, "trader_id": "new"}))
    assert np.isnan(value("partner_new_to_trader", history, **{**asked, "partner_id": None}))


def test_a_partner_that_sends_listed_goods_is_known_by_it() -> None:
    def sent(partner: str, count: int, code: str) -> list[dict[str, Any]]:
        return [{"declared_on": "2024-02-01", "partner_id": partner, "hs_code": code}] * count

    history = past(
        *sent("chips", 10, "8542310000"), *sent("once", 1, "8542310000"),
        *sent("cheese", 10, "0406901200"),
    )  # fmt: skip
    asked = {"declared_on": DAY}
    chips, once, cheese = (
        value("partner_priority_share", history, **asked, partner_id=partner)
        for partner in ("chips", "once", "cheese")
    )
    assert chips > once > cheese
    assert np.isnan(value("partner_priority_share", history, **asked, partner_id="never"))


def test_cells_left_empty_count_beyond_what_is_usual_for_the_leg() -> None:
    bare = {"incoterms": None, "trading_country": None}
    history = past(
        *[{"declared_on": "2024-02-01"}] * 5,
        *[{"declared_on": "2024-02-01", "direction": "onward", **bare}] * 5,
    )
    asked = {"declared_on": DAY}
    assert value("more_cells_empty", history, **asked) == 0
    assert value("more_cells_empty", history, **asked, **bare) == 2
    assert value("more_cells_empty", history, **asked, **bare, direction="onward") == 0
    assert np.isnan(value("more_cells_empty", history, **asked, direction="transit"))


def test_the_empty_cells_are_named() -> None:
    record = {"declaration_id": "asked", "description": None, "incoterms": None}
    block = past().block(typed(record))
    assert block["cells_left_empty"][0] == "description, incoterms"
    assert block["empty_cells"][0] == 2
