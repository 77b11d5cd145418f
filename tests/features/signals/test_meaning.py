"""What single signals find, on records made for it."""

import numpy as np
import pytest

from tests.asked import past, typed, value


@pytest.mark.parametrize(
    ("previous", "declared", "level"),
    [
        ("854231", "8542310000", 0),
        ("854231", "8542390000", 1),
        ("854231", "8541100000", 2),
        ("854231", "7326909807", 3),
        ("854890", "8548000000", 0),  # HS 2017 → HS 2022: the same goods under a new code
        (None, "8542310000", np.nan),
    ],
)
def test_hs_change_level(previous: str | None, declared: str, level: float) -> None:
    found = value("hs_change_level", previous_hs_code=previous, hs_code=declared)
    np.testing.assert_equal(found, level)


def test_leaving_the_priority_list_is_seen_only_while_the_list_is_in_force() -> None:
    codes = {"previous_hs_code": "854231", "hs_code": "8473302000"}
    assert value("hs_left_priority_list", declared_on="2023-05-19", **codes) == 1
    assert value("hs_left_priority_list", declared_on="2023-05-18", **codes) == 0


@pytest.mark.parametrize(
    ("code", "day", "weight"),
    [
        ("8542310000", "2023-05-18", 0),
        ("8542310000", "2023-05-19", 4),
        ("8517620000", "2023-05-19", 3),
        ("8471500000", "2023-05-19", 0),
        ("8471500000", "2024-01-01", 2),
        ("8457101000", "2024-02-22", 0),
        ("8457101000", "2024-02-23", 1),
    ],
)
def test_priority_weight_follows_the_list_of_the_day(code: str, day: str, weight: float) -> None:
    assert value("priority_weight", hs_code=code, declared_on=day) == weight


def test_firm_age_from_the_register_or_from_the_number_of_the_firm() -> None:
    day = "2025-03-11"
    assert value("firm_age_days", registered_on="2025-03-01", declared_on=day) == 10
    assert value("firm_age_days", trader_id="250140012345", declared_on=day) == 69


def test_no_age_is_read_from_a_persons_number() -> None:
    found = value("firm_age_days", trader_id="900101300123", registered_on=None)
    assert np.isnan(found)


def test_share_owned_from_a_country_of_concern() -> None:
    assert value("owned_from_concern_share", owner_nationalities="KZ:0.4 RU:0.5 BY:0.1") == 0.6
    assert value("owned_from_concern_share", owner_nationalities="KZ:1") == 0
    assert np.isnan(value("owned_from_concern_share", owner_nationalities=None))


def test_the_usual_route_surprises_less_than_a_new_one() -> None:
    usual = {"country_of_dispatch": "DE", "mode_of_transport": "3", "customs_office": "1"}
    history = past(*[{**usual, "declared_on": "2024-01-01"}] * 40)
    asked = {**usual, "declared_on": "2024-02-01"}
    known = value("route_surprise", history, **asked)
    assert known < value("route_surprise", history, **{**asked, "country_of_dispatch": "AE"})


def test_price_among_comparables_backs_off_to_wider_groups() -> None:
    prices = [{"net_mass_kg": 1.0, "customs_value_usd": 100.0 + at, "declared_on": "2024-01-01"}
              for at in range(30)]  # fmt: skip
    history = past(*prices)
    asked = {"net_mass_kg": 1.0, "declared_on": "2024-03-01"}
    dear = history.block(typed({**asked, "customs_value_usd": 500.0}))
    assert dear["dearer_than_share"][0] == 1
    assert dear["comparables"][0] == 30
    assert dear["comparable_goods"][0] == "the same code and origin"
    assert dear["price_deviation"][0] > 5
    cheap = history.block(typed({**asked, "customs_value_usd": 1.0, "country_of_origin": "JP"}))
    assert cheap["dearer_than_share"][0] == 0
    assert cheap["comparable_goods"][0] == "the same subheading"
    assert cheap["price_deviation"][0] < -5


def test_prices_of_more_than_a_year_ago_do_not_compare() -> None:
    old = [{"net_mass_kg": 1.0, "customs_value_usd": 100.0, "declared_on": "2023-01-01"}] * 30
    assert np.isnan(value("dearer_than_share", past(*old), declared_on="2024-03-01"))


def test_an_outcome_counts_from_the_day_after_it_was_known() -> None:
    found = {"at": 0, "known_on": "2024-02-10", "violation": True}
    history = past({"declared_on": "2024-01-01"}, outcomes=[found])
    assert np.isnan(value("trader_hit_rate", history, declared_on="2024-02-10"))
    assert value("trader_hit_rate", history, declared_on="2024-02-11") == 1


def test_few_outcomes_say_less_than_many() -> None:
    records = [{"declared_on": "2024-01-01", "trader_id": f"clear {at}"} for at in range(20)]
    records += [{"declared_on": "2024-01-01", "trader_id": "once"}]
    records += [{"declared_on": "2024-01-01", "trader_id": "often"}] * 10
    outcomes = [
        {"at": at, "known_on": "2024-01-20", "violation": at >= 20} for at in range(len(records))
    ]
    history = past(*records, outcomes=outcomes)
    asked = {"declared_on": "2024-03-01"}
    once = value("trader_hit_rate", history, trader_id="once", **asked)
    often = value("trader_hit_rate", history, trader_id="often", **asked)
    clear = value("trader_hit_rate", history, trader_id="clear 3", **asked)
    assert clear < once < often < 1


def test_a_firm_turning_to_new_goods_is_seen_and_a_new_firm_is_not_called_that() -> None:
    history = past(*[{"hs_code": "0406901200", "declared_on": "2024-01-01"}] * 5)
    asked = {"hs_code": "8542310000", "declared_on": "2024-02-01"}
    assert value("heading_new_to_trader", history, **asked) == 1
    assert value("heading_new_to_trader", history, **{**asked, "hs_code": "0406901200"}) == 0
    assert np.isnan(value("heading_new_to_trader", history, **{**asked, "trader_id": "new"}))


def test_what_is_sent_on_is_seen_against_what_came_in() -> None:
    kept = {"declared_on": "2024-01-01", "net_mass_kg": 100.0}
    history = past({**kept, "direction": "import"}, {**kept, "direction": "onward",
                                                    "net_mass_kg": 80.0})  # fmt: skip
    assert value("sent_on_share", history, declared_on="2024-02-01") == pytest.approx(0.8)


def test_first_trade_is_not_told_of_a_firm_older_than_the_records() -> None:
    history = past({"declared_on": "2024-01-10", "trader_id": "another"})
    asked = {"declared_on": "2024-06-10", "trader_id": "asked"}
    told = value("registered_to_first_shipment_days", history, registered_on="2024-06-01", **asked)
    assert told == 9
    old = value("registered_to_first_shipment_days", history, registered_on="2023-06-01", **asked)
    assert np.isnan(old)
