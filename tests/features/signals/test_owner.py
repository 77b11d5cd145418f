"""What the signals of owners find, on the day and not later."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import TRADERS, History, validated
from tests.factory import trader
from tests.features.signals.test_meaning import past, value


def sold(*versions: tuple[str, str]) -> History:
    """A history that knows the firm by these versions: since when, and with which owners."""
    rows = [trader(known_from=day, owner_nationalities=owners) for day, owners in versions]
    return past().extended(traders=validated(pd.DataFrame(rows), TRADERS).accepted)


@pytest.mark.parametrize(
    ("owners", "day", "share"),
    [
        ("RU:1", "2022-02-23", 0),
        ("RU:1", "2022-02-24", 1),
        ("BY:0.4 RU:0.6", "2022-03-01", 0.6),
        ("BY:0.4 RU:0.6", "2022-03-02", 1),
    ],
)
def test_a_country_is_of_concern_from_its_day_on(owners: str, day: str, share: float) -> None:
    asked = {"owner_nationalities": owners, "declared_on": day}
    assert value("owned_from_concern_share", **asked) == pytest.approx(share)


@pytest.mark.parametrize(
    ("edits", "share"),
    [
        ({"direction": "import", "country_of_destination": "KZ"}, 0.7),
        ({"direction": "import", "country_of_destination": "TR"}, 0.6),
        ({"direction": "onward", "country_of_dispatch": "KZ"}, 0.7),
        ({"direction": "import", "country_of_destination": None}, np.nan),
        ({"direction": "transit", "country_of_destination": "KZ"}, np.nan),
    ],
)
def test_abroad_is_any_country_but_that_of_the_firm(edits: dict[str, Any], share: float) -> None:
    found = value("owned_from_abroad_share", owner_nationalities="KZ:0.3 TR:0.4 CN:0.3", **edits)
    assert found == pytest.approx(share, nan_ok=True)


def test_other_owners_are_recent_from_the_day_after_they_are_known_for_180_days() -> None:
    history = sold(("2023-01-01", "KZ:1"), ("2024-01-01", "CN:1"))
    name = "owners_changed_lately"
    days = ("2024-01-01", "2024-01-02", "2024-06-29", "2024-06-30")
    assert [value(name, history, declared_on=day) for day in days] == [0, 1, 1, 0]


def test_the_first_owners_that_are_known_are_no_change() -> None:
    history = sold(("2024-01-01", "RU:1"), ("2024-01-05", "RU:1"))
    asked = {"declared_on": "2024-01-10"}
    assert value("owners_changed_lately", history, **asked) == 0
    assert value("share_gained_by_concern", history, **asked) == 0


def test_what_a_country_of_concern_gained_is_told_apart_from_other_changes() -> None:
    asked = {"declared_on": "2024-01-10"}
    changes = [("KZ:1", "CN:1"), ("RU:1", "KZ:1"), ("KZ:0.5 RU:0.5", "RU:1"), ("KZ:1", "RU:1")]
    found = [
        value("share_gained_by_concern", sold(("2023-01-01", old), ("2024-01-01", new)), **asked)
        for old, new in changes
    ]
    assert found == [0, 0, 0.5, 1]


def test_a_firm_that_is_not_on_the_register_has_no_known_owners() -> None:
    history = sold(("2023-01-01", "KZ:1"))
    for name in ("owners_changed_lately", "share_gained_by_concern", "owned_from_abroad_share"):
        assert np.isnan(value(name, history, trader_id="unheard of", declared_on="2024-01-10"))


def test_owners_at_the_address_are_those_of_past_declarations() -> None:
    shipped = [
        {"declared_on": "2024-01-01", "address_id": "A", "owner_nationalities": owners}
        for owners in ("RU:1", "KZ:1", "KZ:0.5 RU:0.5", "KZ:1")
    ]
    history = past(*shipped, {**shipped[0], "owner_nationalities": None})
    asked = {"declared_on": "2024-02-01", "owner_nationalities": "KZ:1"}
    name = "concern_share_at_address"
    assert value(name, history, address_id="A", **asked) == pytest.approx(1.5 / 4)
    assert np.isnan(value(name, history, address_id="B", **asked))
    assert np.isnan(value(name, history, address_id="A", declared_on="2024-01-01"))
