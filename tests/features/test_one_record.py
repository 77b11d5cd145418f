"""A record without a frame is judged as in one."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shiprisk.features import DECLARATIONS, checked_record
from shiprisk.features.columns import columns_of
from shiprisk.features.records import plain_record, validated
from shiprisk.features.values import alone
from tests.factory import declaration

TODAY = date(2026, 1, 1)
CELLS = (
    st.none()
    | st.text(max_size=12)
    | st.text("0123456789.-eE +", max_size=10)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.dates().map(str)
    | st.sampled_from(
        ["KZ", "kz", " TR ", "ß", "RU:0.4 KZ:.6", "KZ:0.4 RU:0.6", "GE AZ", "import", "IMPORT",
         "8450.11.11.00", "84501111", "8450 11", "40", "4000", "DAP", "usd", "2023-03-01T12:00",
         "1e3", "1E400", "9" * 400, "１２", "a\u2028b", "a\tb", "\ufffd", "\ud800", 10**400,
         "true", 3.0, 1e16, -0.0, "x" * 101, "2099-01-01", "1650-01-01"]
    )
)  # fmt: skip
COLUMNS = st.sampled_from([column.name for column in DECLARATIONS.every_column])
EDITS = st.dictionaries(COLUMNS, CELLS, max_size=3)


def in_frame(record: dict[str, Any]) -> tuple[dict[str, Any] | None, list[str]]:
    """The values that a frame accepts, or the columns that it refuses."""
    judged = validated(pd.DataFrame([record], dtype=object), today=TODAY)
    if len(judged.rejected):
        return None, judged.rejected["column"].tolist()
    return {name: alone(of) for name, of in columns_of(judged.accepted).items()}, []


@settings(max_examples=40)
@given(EDITS)
@example({"amendments": -0.0})
def test_what_is_plain_is_what_a_frame_accepts(edits: dict[str, Any]) -> None:
    record = declaration(**edits)
    plainly = plain_record(record, TODAY)
    if plainly is None:
        return
    accepted, _ = in_frame(record)
    assert accepted is not None
    assert list(accepted) == list(plainly)
    for name, value in accepted.items():
        assert type(plainly[name]) is type(value) or name == "item_number", name
        np.testing.assert_equal(plainly[name], value)


@settings(max_examples=40)
@given(EDITS)
def test_every_fault_is_named_as_in_a_frame(edits: dict[str, Any]) -> None:
    record = declaration(**edits)
    accepted, refused = in_frame(record)
    values, faults = checked_record(record, TODAY)
    assert [fault["column"] for fault in faults] == refused
    assert bool(values) == (accepted is not None)


@pytest.mark.parametrize("edits", [{}, {"trader_id": 7}, {"owner_nationalities": "KZ:1"}])
def test_a_usual_record_needs_no_frame(edits: dict[str, Any]) -> None:
    assert plain_record(declaration(**edits), TODAY)


def test_a_list_of_countries_goes_by_way_of_a_frame() -> None:
    record = declaration(transit_countries=["GE", "AZ"])
    assert plain_record(record, TODAY) is None
    assert checked_record(record, TODAY).values["transit_countries"] == "GE AZ"


def test_a_column_that_is_required_must_be_there() -> None:
    record = declaration()
    del record["trader_id"]
    assert plain_record(record, TODAY) is None


def test_digits_of_other_alphabets_are_no_number() -> None:
    assert in_frame(declaration(packages="\uff10")) == (None, ["packages"])
    assert plain_record(declaration(packages="\uff10"), TODAY) is None
