"""What signals of the route find."""

from typing import Any

import numpy as np
import pytest

from shiprisk.features import History
from shiprisk.features.signals.waypoints import km_between
from tests.asked import past, value

DAY = "2024-03-01"


def km(one: str, other: str) -> float:
    return float(km_between(np.array([one], object), np.array([other], object))[0])


@pytest.mark.parametrize(
    ("dispatch", "day", "found"),
    [
        ("TR", "2022-06-27", 0),  # the day before the alert
        ("TR", "2022-06-28", 1),
        ("HK", "2023-03-01", 0),
        ("HK", "2023-03-02", 1),
        ("PL", DAY, 0),
        ("DE", DAY, 0),
        (None, DAY, np.nan),
    ],
)
def test_a_hub_is_one_from_the_day_it_was_named(
    dispatch: str | None, day: str, found: float
) -> None:
    asked = {"country_of_origin": "DE", "country_of_dispatch": dispatch, "declared_on": day}
    np.testing.assert_equal(value("sent_from_hub", **asked), found)


def test_goods_that_a_hub_makes_itself_do_not_come_through_it() -> None:
    made_there = {"country_of_origin": "CN", "declared_on": DAY}
    assert value("sent_from_hub", country_of_dispatch="CN", **made_there) == 0
    assert value("sold_from_hub", trading_country="CN", **made_there) == 0
    assert value("sold_from_hub", trading_country="HK", **made_there) == 1


def test_goods_that_leave_come_through_no_hub() -> None:
    leaving = {"direction": "onward", "country_of_origin": "DE", "declared_on": DAY}
    assert np.isnan(value("sent_from_hub", country_of_dispatch="KZ", **leaving))
    assert np.isnan(value("sold_from_hub", trading_country="AE", **leaving))


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [("FR", "GB", 300, 400), ("DE", "KZ", 3800, 4300), ("US", "CN", 10800, 11400),
     ("NZ", "FJ", 2300, 2900), ("KZ", "KZ", 0, 0)],
)  # fmt: skip
def test_distances_are_those_of_the_globe(one: str, other: str, least: float, most: float) -> None:
    assert least <= km(one, other) <= most
    assert km(one, other) == pytest.approx(km(other, one))


def test_a_detour_is_longer_than_the_way_and_no_way_is_shorter_than_straight() -> None:
    made = {"country_of_origin": "CN", "country_of_destination": "KZ"}
    straight, near, far = (
        value("detour", country_of_dispatch=by, **made) for by in ("CN", "KG", "AE")
    )
    assert straight == 1
    assert 1 <= near < 1.5 < 2 < far


def test_goods_made_near_their_end_and_sent_on_from_here_took_a_detour() -> None:
    onward = {"direction": "onward", "country_of_dispatch": "KZ", "country_of_destination": "RU"}
    assert value("detour", country_of_origin="DE", **onward) > 3
    assert value("detour", country_of_origin="CN", **onward) < 1.5


def test_a_way_without_length_or_country_has_no_detour() -> None:
    back = {"country_of_origin": "KZ", "country_of_destination": "KZ"}
    assert np.isnan(value("detour", country_of_dispatch="DE", **back))
    assert np.isnan(value("detour", country_of_origin=None))


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ({"transit_countries": "PL BY RU", "country_of_destination": "KG"}, 1),
        ({"transit_countries": "CN", "country_of_destination": "KG"}, 0),
        ({"transit_countries": None, "country_of_destination": "KG"}, np.nan),
        ({"transit_countries": None, "country_of_destination": "RU"}, 1),
        ({"transit_countries": "RU", "declared_on": "2022-02-23"}, 0),
        ({"transit_countries": "PL BY RU", "direction": "import"}, np.nan),
    ],
)
def test_transit_through_a_country_of_concern(edits: dict[str, Any], found: float) -> None:
    asked = {"direction": "transit", "procedure": "80", "country_of_destination": "KG"} | edits
    np.testing.assert_equal(value("transit_through_concern", **asked), found)


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ({"direction": "onward", "country_of_destination": "RU"}, 1),
        ({"direction": "onward", "country_of_destination": "KG"}, 0),
        ({"direction": "export", "country_of_destination": "BY"}, 1),
        ({"direction": "onward", "country_of_destination": None}, np.nan),
        ({"direction": "import", "country_of_destination": "KZ"}, np.nan),
    ],
)
def test_leaving_for_a_country_of_concern(edits: dict[str, Any], found: float) -> None:
    np.testing.assert_equal(value("leaves_for_concern", **edits), found)


TRANSIT = {"direction": "transit", "procedure": "80", "net_mass_kg": 100.0}
EXIT = {"direction": "export", "procedure": "80", "net_mass_kg": 100.0}


def never_closed(*records: dict[str, Any], **edits: Any) -> float:
    return value("transit_never_closed", past(*records), declared_on=DAY, **edits)


def test_transit_that_left_is_closed_and_other_exports_close_nothing() -> None:
    opened = {**TRANSIT, "declared_on": "2024-01-02"}
    closed = {**EXIT, "declared_on": "2024-01-10"}
    assert never_closed(opened) == 1
    assert never_closed(opened, closed) == 0
    assert never_closed(opened, {**closed, "procedure": "10"}) == 1
    assert never_closed(opened, {**closed, "net_mass_kg": 25.0}) == 0.75
    assert never_closed(opened, {**closed, "trader_id": "another"}) == 1


def test_transit_is_not_due_at_once_nor_remembered_for_ever() -> None:
    assert np.isnan(never_closed({**TRANSIT, "declared_on": "2024-02-10"}))
    assert np.isnan(never_closed({**TRANSIT, "declared_on": "2023-06-01"}))
    due = {**TRANSIT, "declared_on": "2024-01-02"}
    assert never_closed(due, {**TRANSIT, "declared_on": "2024-02-20"}) == 1
    assert np.isnan(never_closed(due, trader_id="another"))


def test_the_firms_first_border_office_and_mode_are_seen_once_it_has_traded() -> None:
    usual = {"border_office": "51401", "mode_of_transport": "3", "declared_on": "2024-01-01"}
    history = past(usual)
    asked = {**usual, "declared_on": DAY}
    for signal, other in (
        ("border_office_new_to_trader", {"border_office": "53003"}),
        ("mode_new_to_trader", {"mode_of_transport": "4"}),
    ):
        assert value(signal, history, **asked) == 0
        assert value(signal, history, **{**asked, **other}) == 1
        assert np.isnan(value(signal, history, **{**asked, "trader_id": "new"}))
        assert np.isnan(value(signal, history, **{**asked, **dict.fromkeys(other)}))


def test_a_rare_dispatch_surprises_more_than_a_usual_one_and_few_records_say_little() -> None:
    asked = {"country_of_origin": "US", "country_of_dispatch": "AE", "declared_on": DAY}

    def surprise(times: int, dispatch: str) -> float:
        came = {**asked, "country_of_dispatch": "DE", "declared_on": "2024-01-01"}
        history = past(*[came] * times)
        return value(
            "origin_dispatch_surprise", history, **{**asked, "country_of_dispatch": dispatch}
        )

    assert surprise(40, "DE") < surprise(2, "DE") < surprise(2, "AE") < surprise(40, "AE")


def test_a_border_office_away_from_the_usual_way_surprises() -> None:
    way = {"country_of_dispatch": "DE", "mode_of_transport": "3", "border_office": "51401"}
    history = past(*[{**way, "declared_on": "2024-01-01"}] * 30)
    asked = {**way, "declared_on": DAY}
    usual = value("border_office_surprise", history, **asked)
    assert usual < value("border_office_surprise", history, **{**asked, "border_office": "53003"})
    assert np.isnan(value("border_office_surprise", history, **{**asked, "border_office": None}))
    assert np.isnan(value("border_office_surprise", history, **{**asked, "direction": "onward"}))


def shipped(dispatch: str, times: int, day: str, **edits: Any) -> list[dict[str, Any]]:
    return [{"country_of_dispatch": dispatch, "declared_on": day, **edits}] * times


def rises(history: History, dispatch: str, **edits: Any) -> float:
    asked = {"country_of_dispatch": dispatch, "declared_on": DAY, **edits}
    return value("dispatch_rises", history, **asked)


def test_a_hub_that_takes_over_the_heading_rises_and_the_old_one_falls() -> None:
    before = shipped("TR", 40, "2023-06-01") + shipped("KG", 2, "2023-06-01")
    steady = past(*before, *shipped("TR", 20, "2024-02-01"))
    moved = past(*before, *shipped("KG", 20, "2024-02-01"))
    assert rises(moved, "KG") > 1 > 0 > rises(moved, "TR")
    assert rises(moved, "KG") > rises(steady, "KG")
    assert abs(rises(steady, "TR")) < 0.2


def test_few_shipments_move_the_share_less_and_none_not_at_all() -> None:
    before = shipped("TR", 40, "2023-06-01") + shipped("KG", 2, "2023-06-01")
    few = past(*before, *shipped("KG", 1, "2024-02-01"))
    many = past(*before, *shipped("KG", 30, "2024-02-01"))
    assert 0 < rises(few, "KG") < rises(many, "KG")
    assert rises(past(), "KG") == 0
    assert rises(past(*before), "KG") == pytest.approx(0)


def test_a_heading_seldom_seen_follows_its_chapter() -> None:
    before = shipped("TR", 40, "2023-06-01") + shipped("KG", 2, "2023-06-01")
    moved = past(*before, *shipped("KG", 30, "2024-02-01"))
    assert rises(moved, "KG", hs_code="8418102000") > 0.5
    assert rises(moved, "KG", hs_code="0406901200") == pytest.approx(0)


def test_what_is_sent_on_from_here_is_no_displacement() -> None:
    onward = shipped("KZ", 50, "2024-02-01", direction="onward")
    before = shipped("TR", 40, "2023-06-01") + shipped("TR", 20, "2024-02-01")
    with_onward, without = past(*before, *onward), past(*before)
    assert rises(with_onward, "TR") == rises(without, "TR")
    assert np.isnan(rises(with_onward, "KZ", direction="onward"))
