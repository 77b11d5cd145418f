"""What each kind of column accepts, and what it expects instead of what it does not."""

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from shiprisk.features.records import (
    DECLARATIONS,
    INSPECTIONS,
    TRADE_STATISTICS,
    TRADERS,
    Table,
    validated,
)
from tests.factory import declaration, figure, inspection, trader

TODAY = date(2024, 6, 1)
VALID = {
    "declarations": declaration,
    "traders": trader,
    "inspections": inspection,
    "trade_statistics": figure,
}


def check(table: Table, column: str, value: object) -> tuple[object, str]:
    """The accepted value of a cell, or the fault in it."""
    required = [one.name for one in table.columns if one.required]
    frame = pd.DataFrame([VALID[table.name]()], columns=required, dtype=object)
    frame[column] = pd.Series([value], dtype=object)
    found = validated(frame, table, TODAY)
    if len(found.accepted):
        return found.accepted[column].iloc[0], ""
    assert list(found.rejected["column"]) == [column]
    return None, found.rejected["expected"].iloc[0]


@pytest.mark.parametrize(
    ("column", "value", "accepted"),
    [
        ("trader_id", " 150340001234 ", "150340001234"),
        ("trader_id", 150340001234, "150340001234"),
        ("trader_id", 150340001234.0, "150340001234"),
        ("description", "Boxes\nof\tparts", "Boxes of parts"),
        ("declared_on", "2024-06-01", pd.Timestamp("2024-06-01")),
        ("declared_on", "2024-05-31T23:59:59", pd.Timestamp("2024-05-31")),
        ("declared_on", date(2024, 5, 31), pd.Timestamp("2024-05-31")),
        ("declared_on", datetime(2024, 5, 31, 23, 59), pd.Timestamp("2024-05-31")),
        ("declared_on", pd.Timestamp("2024-05-31 10:00", tz="Asia/Almaty"), "2024-05-31"),
        ("direction", "Onward", "onward"),
        ("hs_code", "8542.31", "854231"),
        ("hs_code", "8542 31 901 0", "8542319010"),
        ("hs_code", "0406901300", "0406901300"),
        ("hs_code", 854231, "854231"),
        ("hs_code", "854231.0", "854231"),
        ("hs_code", "2709.00", "270900"),
        ("partner_country", "kz", "KZ"),
        ("partner_country", "XK", "XK"),
        ("country_of_origin", "NA", "NA"),
        ("transit_countries", ["AE", "TR"], "AE TR"),
        ("transit_countries", np.array(["AE", "tr"]), "AE TR"),
        ("transit_countries", "AE > TR", "AE TR"),
        ("transit_countries", "tr,ae;KG", "TR AE KG"),
        ("mode_of_transport", 3, "3"),
        ("incoterms", "cif", "CIF"),
        ("currency", "kzt", "KZT"),
        ("procedure", "4000000", "4000000"),
        ("net_mass_kg", "12.5", 12.5),
        ("net_mass_kg", " 1e3 ", 1000.0),
        ("net_mass_kg", Decimal("0.5"), 0.5),
        ("net_mass_kg", 0, 0.0),
        ("packages", "7.0", 7.0),
        ("item_number", "3", 3),
    ],
)
def test_a_fitting_cell_is_accepted(column: str, value: object, accepted: object) -> None:
    if column == "declared_on":
        accepted = pd.Timestamp(str(accepted)[:10])
    assert check(DECLARATIONS, column, value) == (accepted, "")


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT, "", "   ", []])
def test_an_empty_cell_is_missing(value: object) -> None:
    accepted, _ = check(DECLARATIONS, "transit_countries", value)
    assert pd.isna(accepted)


@pytest.mark.parametrize(
    "column", ["declaration_id", "item_number", "declared_on", "direction", "trader_id", "hs_code"]
)
@pytest.mark.parametrize("value", [None, "", float("nan")])
def test_a_required_cell_must_not_be_empty(column: str, value: object) -> None:
    assert check(DECLARATIONS, column, value)[1] == "a value; this column is required"


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("trader_id", "x" * 101, "at most 100 characters"),
        ("description", "x" * 2001, "at most 2000 characters"),
        ("trader_id", "a\x00b", "readable UTF-8 text"),
        ("trader_id", "a\nb", "readable UTF-8 text"),
        ("description", "\ufffd\ufffd", "readable UTF-8 text"),
        ("description", "half \ud83d", "--encoding"),
        ("trader_id", {"a": 1}, "text"),
        ("trader_id", ["a"], "text"),
        ("declared_on", "2024-06-02", "a date not after 2024-06-01"),
        ("declared_on", "1989-12-31", "a date from 1990-01-01 on"),
        ("declared_on", "01.06.2024", "YYYY-MM-DD"),
        ("declared_on", "2024-02-30", "YYYY-MM-DD"),
        ("declared_on", "2024-W10-1", "YYYY-MM-DD"),
        ("declared_on", 45000, "YYYY-MM-DD"),
        ("declared_on", "2024-01-01 25:00", "YYYY-MM-DD"),
        ("direction", "in", "one of import, onward, export, transit"),
        ("hs_code", "40690", "leading zero"),
        ("hs_code", 40690, "leading zero"),
        ("hs_code", 40690.0, "leading zero"),
        ("hs_code", "40690.0", "leading zero"),
        ("hs_code", "4069013", "leading zero"),
        ("hs_code", "406901300", "keep the column as text"),
        ("hs_code", "8542", "6, 8 or 10 digits"),
        ("hs_code", "85423١", "6, 8 or 10 digits"),
        ("hs_code", "8542AB", "6, 8 or 10 digits"),
        ("hs_code", "000000", "01 to 99"),
        ("previous_hs_code", "123456789012", "6, 8 or 10 digits"),
        ("partner_country", "KAZ", "ISO 3166 alpha-2 country code such as KZ"),
        ("partner_country", "ZZ", "ISO 3166"),
        ("partner_country", "ß", "ISO 3166"),
        ("transit_countries", "AE ZZ", "ISO 3166"),
        ("transit_countries", ["AE", None], "ISO 3166"),
        ("mode_of_transport", "30", "one of 0, 1"),
        ("incoterms", "XYZ", "one of EXW"),
        ("currency", "US$", "ISO 4217"),
        ("procedure", "100", "2, 4 or 7 digits"),
        ("net_mass_kg", "12,5", "a number with a decimal point"),
        ("net_mass_kg", "1 000", "a number with a decimal point"),
        ("net_mass_kg", "abc", "a number with a decimal point"),
        ("net_mass_kg", "nan", "a number with a decimal point"),
        ("net_mass_kg", "NaN", "a number with a decimal point"),
        ("net_mass_kg", "inf", "a number with a decimal point"),
        ("net_mass_kg", "1e999", "a number with a decimal point"),
        ("net_mass_kg", float("inf"), "a number with a decimal point"),
        ("net_mass_kg", True, "a number with a decimal point"),
        ("net_mass_kg", -1, "a number from 0"),
        ("net_mass_kg", "-0.1", "a number from 0"),
        ("gross_mass_kg", 1.1e9, "at most 1,000,000,000 kg"),
        ("customs_value_usd", 2e11, "at most 100,000,000,000 USD"),
        ("packages", 1.5, "a whole number from 0"),
        ("amendments", -1, "a number from 0"),
        ("item_number", 0, "a number from 1"),
        ("item_number", "1.5", "a whole number from 1"),
    ],
)
def test_a_fault_says_what_was_expected(column: str, value: object, expected: str) -> None:
    assert expected in check(DECLARATIONS, column, value)[1]


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        ("RU", "RU:1"),
        ("RU:0.6 KZ:0.4", "KZ:0.4 RU:0.6"),
        ("ru: 0.6; kz :0.4", "KZ:0.4 RU:0.6"),
        ({"RU": 0.6, "KZ": 0.4, "TR": None}, "KZ:0.4 RU:0.6"),
        ([("RU", 0.6), ("KZ", 0.4)], "KZ:0.4 RU:0.6"),
        ("RU:0.3 RU:0.2", "RU:0.5"),
        ("KZ:0.334 RU:0.333 TR:0.334", "KZ:0.334 RU:0.333 TR:0.334"),
    ],
)
def test_owners_become_sorted_countries_with_shares(value: object, accepted: str) -> None:
    assert check(TRADERS, "owner_nationalities", value) == (accepted, "")


@pytest.mark.parametrize(
    "value", ["RU:0.7 KZ:0.4", "RU KZ", "RU:60", "RU:-0.1", "RU:x", "Russia:1", {"RU": "nan"}]
)
def test_owners_need_countries_and_shares_up_to_one(value: object) -> None:
    assert "owner" in check(TRADERS, "owner_nationalities", value)[1]


def test_a_firm_may_be_older_than_declarations_and_registered_tomorrow() -> None:
    assert check(TRADERS, "registered_on", "1950-01-01")[1] == ""
    assert check(TRADERS, "registered_on", "2024-06-02")[1] == ""
    assert "not after" in check(TRADERS, "known_from", "2024-06-02")[1]


@pytest.mark.parametrize(
    ("value", "accepted"),
    [(True, True), (False, False), ("yes", True), ("No", False), (1, True), (0.0, False)],
)
def test_violation_is_an_answer(value: object, accepted: bool) -> None:
    assert check(INSPECTIONS, "violation", value) == (accepted, "")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("violation", "maybe", "true or false"),
        ("violation", None, "required"),
        ("known_on", "2024-06-02", "not after"),
        ("kind", "fraud", "one of diversion"),
        ("selected_by", "luck", "one of model"),
        ("selection_probability", 1.2, "at most 1"),
    ],
)
def test_faults_of_inspections(column: str, value: object, expected: str) -> None:
    assert expected in check(INSPECTIONS, column, value)[1]


@pytest.mark.parametrize(
    "value", ["2024-03", "2024-03-31", date(2024, 3, 9), pd.Timestamp("2024-03-01"), " 2024-03 "]
)
def test_a_month_is_written_as_itself_or_as_any_of_its_days(value: object) -> None:
    assert check(TRADE_STATISTICS, "month", value) == (pd.Timestamp("2024-03-01"), "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("202403", "a month as YYYY-MM"),
        ("2024-13", "a month as YYYY-MM"),
        ("2024-02-30", "a month as YYYY-MM"),
        ("2024-07", "a month not after 2024-06"),
        (pd.Timestamp("2024-07-01"), "a month not after 2024-06"),
        ("1989-12", "a month from 1990-01 on"),
        (None, "a value; this column is required"),
    ],
)
def test_what_is_no_month_is_named(value: object, expected: str) -> None:
    assert check(TRADE_STATISTICS, "month", value) == (None, expected)


@pytest.mark.parametrize(
    ("published_on", "accepted"),
    [("2024-03-31", False), ("2023-03-31", False), ("2024-04-01", True), (None, True)],
)
def test_a_figure_is_published_after_its_month(published_on: str | None, accepted: bool) -> None:
    frame = pd.DataFrame([figure(month="2024-03", published_on=published_on)])
    found = validated(frame, TRADE_STATISTICS, TODAY)
    assert (len(found.accepted) == 1) == accepted
    if not accepted:
        (fault,) = found.rejected.itertuples(index=False)
        assert (fault.column, fault.value) == ("published_on", repr(published_on))
        assert fault.expected == "a day after the month is over"
