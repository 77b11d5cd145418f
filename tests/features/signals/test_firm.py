"""What the signals of the firm find: its first goods, its silences, its growth and its ties."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import TRADERS, History, validated
from tests.factory import trader
from tests.features.signals.test_meaning import past, value

CHIPS, WASHERS = "8542310000", "8450111100"
FIRM = "220240001234"


def registered(history: History, *firms: dict[str, Any]) -> History:
    """The history with these firms on the register."""
    rows = [trader(**{"trader_id": f"firm {at}", **edits}) for at, edits in enumerate(firms)]
    checked = validated(pd.DataFrame(rows), TRADERS)
    assert checked.rejected.empty, checked.rejected
    return history.extended(traders=checked.accepted)


def test_days_to_the_first_listed_goods_count_to_this_shipment_if_there_are_none() -> None:
    begun = {"declared_on": "2023-01-01", "trader_id": "another"}
    own = {"trader_id": FIRM, "registered_on": "2024-01-01"}
    only_washers = past(begun, {**own, "declared_on": "2024-02-01", "hs_code": WASHERS})
    asked = {**own, "declared_on": "2024-03-01", "hs_code": CHIPS}
    name = "registered_to_first_listed_days"
    assert value(name, only_washers, **asked) == 60
    assert np.isnan(value(name, only_washers, **{**asked, "hs_code": WASHERS}))
    chips_before = past(begun, {**own, "declared_on": "2024-01-11", "hs_code": CHIPS})
    assert value(name, chips_before, **asked) == 10
    assert value(name, chips_before, **{**asked, "hs_code": WASHERS}) == 10
    assert np.isnan(value(name, chips_before, **{**asked, "registered_on": "2022-01-01"}))


def test_goods_listed_only_later_are_no_first_listed_goods() -> None:
    begun = {"declared_on": "2023-01-01", "trader_id": "another"}
    own = {"trader_id": FIRM, "registered_on": "2023-05-01", "hs_code": CHIPS}
    history = past(begun, {**own, "declared_on": "2023-05-18"})
    name = "registered_to_first_listed_days"
    assert value(name, history, declared_on="2023-05-21", **own) == 20


@pytest.mark.parametrize(
    ("registered_on", "code", "found"),
    [
        ("2022-02-23", CHIPS, 0),
        ("2022-02-24", CHIPS, 1),
        ("2024-01-01", CHIPS, 1),
        ("2024-01-01", WASHERS, 0),
    ],
)
def test_the_official_condition_is_registration_after_controls_and_listed_goods(
    registered_on: str, code: str, found: float
) -> None:
    asked = {"registered_on": registered_on, "hs_code": code, "declared_on": "2024-06-01"}
    assert value("registered_after_controls_for_listed", **asked) == found


def test_without_a_day_of_registration_the_official_condition_is_not_known() -> None:
    asked = {"trader_id": "no BIN", "hs_code": CHIPS, "declared_on": "2024-06-01"}
    assert np.isnan(value("registered_after_controls_for_listed", **asked))


def test_a_firm_that_wakes_for_listed_goods_is_seen_by_how_long_it_slept() -> None:
    history = past({"declared_on": "2023-06-01"})
    asleep = value("woken_for_priority_goods", history, declared_on="2024-06-01", hs_code=CHIPS)
    dozing = value("woken_for_priority_goods", history, declared_on="2023-12-01", hs_code=CHIPS)
    assert asleep > dozing > 0
    name = "woken_for_priority_goods"
    assert value(name, history, declared_on="2023-08-01", hs_code=CHIPS) == 0
    assert value(name, history, declared_on="2024-06-01", hs_code=WASHERS) == 0
    new = {"trader_id": "never seen", "declared_on": "2024-06-01", "hs_code": CHIPS}
    assert np.isnan(value(name, history, **new))


def test_the_last_shipment_is_that_of_an_earlier_day() -> None:
    history = past({"declared_on": "2024-01-01"}, {"declared_on": "2024-03-01"})
    name = "days_since_last_shipment"
    assert value(name, history, declared_on="2024-03-01") == 60
    assert value(name, history, declared_on="2024-03-02") == 1


def test_growth_in_value_is_seen_where_the_count_stays_the_same() -> None:
    year = [
        {"declared_on": day, "customs_value_usd": 10_000.0}
        for day in ("2023-01-15", "2023-04-15", "2023-07-15", "2023-10-01")
    ]
    small = past(*year, {"declared_on": "2024-01-10", "customs_value_usd": 10_000.0})
    large = past(*year, {"declared_on": "2024-01-10", "customs_value_usd": 900_000.0})
    asked = {"declared_on": "2024-02-01"}
    assert value("trade_surge", small, **asked) == value("trade_surge", large, **asked)
    assert value("value_surge", small, **asked) < value("value_surge", large, **asked)
    assert np.isnan(value("value_surge", small, declared_on="2024-02-01", trader_id="new"))


def test_firms_at_the_address_are_those_known_before_the_day() -> None:
    history = registered(
        past(),
        {"known_from": "2023-01-01"},
        {"known_from": "2024-01-01"},
        {"known_from": "2024-06-01"},
        {"known_from": "2023-01-01", "address_id": "elsewhere"},
    )
    asked = {"address_id": "A-9", "director_id": "P-4"}
    assert value("firms_at_address", history, declared_on="2024-06-01", **asked) == 2
    assert value("firms_at_address", history, declared_on="2024-06-02", **asked) == 3
    assert value("firms_of_director", history, declared_on="2024-06-02", **asked) == 4
    nowhere = {"address_id": "unheard of", "declared_on": "2024-06-02"}
    assert np.isnan(value("firms_at_address", history, **nowhere))


@pytest.mark.parametrize(
    ("name", "field"),
    [("young_share_at_address", "address_id"), ("young_share_of_director", "director_id")],
)
def test_many_young_firms_in_one_place_stand_out(name: str, field: str) -> None:
    young = {"registered_on": "2024-01-01", "known_from": "2024-01-01"}
    history = registered(
        past(),
        *[{field: "young", **young}] * 6,
        *[{field: "two young", **young}] * 2,
        *[{field: "old"}] * 6,
        *[{field: f"alone {at}"} for at in range(10)],
    )
    day = {"declared_on": "2024-06-01"}
    found = [value(name, history, **day, **{field: at}) for at in ("old", "two young", "young")]
    assert found == sorted(found)
    assert len(set(found)) == 3
    assert np.isnan(value(name, history, **day, **{field: "alone 1"}))
    later = value(name, history, declared_on="2025-06-01", **{field: "young"})
    assert later < found[2], "they have grown up"


def test_listed_goods_of_neighbours_raise_the_share_at_the_address() -> None:
    shipped = [
        {"declared_on": "2024-01-01", "trader_id": f"T{at}", "hs_code": code, "address_id": where}
        for where, code in (("hub", CHIPS), ("quiet", WASHERS))
        for at in range(10)
    ]
    history = past(*shipped)
    asked = {"declared_on": "2024-02-01", "trader_id": "new"}
    hub = value("address_priority_share", history, address_id="hub", **asked)
    quiet = value("address_priority_share", history, address_id="quiet", **asked)
    assert 0 < quiet < hub < 1
    assert np.isnan(value("address_priority_share", history, address_id="other", **asked))


@pytest.mark.parametrize(
    ("code", "day", "found"),
    [
        ("5229", "2024-01-01", 1),
        ("64.19", "2024-01-01", 1),
        ("53201", "2024-01-01", 1),
        ("46431", "2024-01-01", 0),
        ("5231", "2024-12-31", 0),
        ("5231", "2025-01-01", 1),
        (None, "2024-01-01", np.nan),
    ],
)
def test_a_forwarder_a_courier_or_a_bank_acts_for_others(
    code: str | None, day: str, found: float
) -> None:
    asked = value("acts_for_others", activity_code=code, declared_on=day)
    np.testing.assert_equal(asked, found)
