"""The firm register: what was known of a firm on a day, and not later."""

import pandas as pd
import pytest

from shiprisk.features import History


def traders(*versions: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(versions, columns=["trader_id", "known_from", "owner_nationalities"])
    frame["known_from"] = pd.to_datetime(frame["known_from"]).astype("datetime64[s]")
    return frame.astype({"trader_id": "str", "owner_nationalities": "str"})


def declared(*records: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(records, columns=["trader_id", "declared_on"])
    frame["declared_on"] = pd.to_datetime(frame["declared_on"]).astype("datetime64[s]")
    return frame.astype({"trader_id": "str"})


REGISTER = traders(
    ("a", "2024-01-01", "KZ:1"), ("a", "2024-06-01", "RU:1"), ("b", "2024-03-01", "CN:1")
)


@pytest.mark.parametrize(
    ("trader", "day", "owners"),
    [
        ("a", "2023-12-31", None),
        ("a", "2024-01-01", None),  # known on the day itself: too late for a point in time
        ("a", "2024-01-02", "KZ:1"),
        ("a", "2024-06-01", "KZ:1"),
        ("a", "2024-06-02", "RU:1"),
        ("b", "2024-02-01", None),
        ("b", "2025-01-01", "CN:1"),
        ("unheard of", "2025-01-01", None),
    ],
)
def test_the_version_known_before_the_day_counts(trader: str, day: str, owners: str) -> None:
    block = History({}).extended(traders=REGISTER).block(declared((trader, day)))
    assert block["owner_nationalities"][0] == owners


def test_many_records_get_the_same_as_each_alone() -> None:
    days = pd.date_range("2023-12-01", "2024-12-01", freq="9D")
    records = [(trader, str(day.date())) for day in days for trader in ("a", "b", "c")]
    history = History({}).extended(traders=REGISTER)
    together = history.block(declared(*records))["owner_nationalities"]
    alone = [history.block(declared(one))["owner_nationalities"][0] for one in records]
    assert together.tolist() == alone


def test_what_a_record_says_itself_stays() -> None:
    frame = declared(("a", "2025-01-01"), ("a", "2025-01-01"))
    frame["owner_nationalities"] = pd.Series(["DE:1", None], dtype="str")
    block = History({}).extended(traders=REGISTER).block(frame)
    assert block["owner_nationalities"].tolist() == ["DE:1", "RU:1"]


def test_versions_can_be_added_later() -> None:
    grown = History({}).extended(traders=REGISTER.iloc[:1]).extended(traders=REGISTER.iloc[1:])
    assert grown.block(declared(("a", "2025-01-01")))["owner_nationalities"][0] == "RU:1"
