"""Good rows go on, typed; bad rows are set aside with every fault."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiprisk.features.records import (
    DECLARATIONS,
    INSPECTIONS,
    REGISTER_COLUMNS,
    TRADERS,
    SchemaError,
    Table,
    validated,
)
from tests.factory import declaration, declarations, inspection, trader

TODAY = date(2024, 6, 1)


def frame_of(*records: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(records), dtype=object)


def test_every_fault_of_a_row_is_named_and_its_neighbours_are_unaffected() -> None:
    frame = frame_of(
        declaration(declaration_id="a"),
        declaration(declaration_id="b", hs_code="40690", net_mass_kg="12,5", trader_id=""),
        declaration(declaration_id="c"),
    ).set_axis(["first", "second", "third"])
    found = validated(frame, today=TODAY)
    assert list(found.accepted.index) == ["first", "third"]
    assert list(found.rejected.columns) == ["row", "column", "value", "expected"]
    assert set(found.rejected["row"]) == {"second"}
    assert set(found.rejected["column"]) == {"hs_code", "net_mass_kg", "trader_id"}
    alone = validated(frame.loc[["first", "third"]], today=TODAY).accepted
    pd.testing.assert_frame_equal(found.accepted, alone)


def test_a_fault_shows_a_short_readable_value() -> None:
    frame = frame_of(declaration(description="x" * 1_000_000), declaration(trader_id="\x1b[31m"))
    values = validated(frame, today=TODAY).rejected["value"]
    assert values.str.len().max() <= 80
    assert all(value.isprintable() for value in values)


def test_accepted_columns_have_the_types_of_their_table() -> None:
    types = validated(declarations(2), today=TODAY).accepted.dtypes.astype(str)
    assert types["declaration_id"] == types["transit_countries"] == "str"
    assert types["declared_on"] == "datetime64[s]"
    assert types["item_number"] == "int64"
    assert types["packages"] == types["amendments"] == types["net_mass_kg"] == "float64"
    outcomes = validated(frame_of(inspection()), INSPECTIONS, TODAY).accepted
    assert outcomes["violation"].dtype == bool


@pytest.mark.parametrize(
    ("table", "record"),
    [(DECLARATIONS, declaration()), (TRADERS, trader()), (INSPECTIONS, inspection())],
)
def test_validating_accepted_rows_again_changes_nothing(table: Table, record: Any) -> None:
    optional = {one.name: None for one in table.columns if not one.required}
    other = record | optional | {table.key[0]: "another"}
    once = validated(frame_of(record, other), table, TODAY)
    assert len(once.accepted) == 2
    twice = validated(once.accepted, table, TODAY)
    pd.testing.assert_frame_equal(once.accepted, twice.accepted)
    assert twice.rejected.empty


def test_text_and_typed_input_give_the_same_frame() -> None:
    typed = declarations(3)
    typed["declared_on"] = pd.to_datetime(typed["declared_on"])
    text = declarations(3).astype(str)
    for one in (typed, text, typed.convert_dtypes(), typed.astype("category")):
        pd.testing.assert_frame_equal(
            validated(one, today=TODAY).accepted, validated(typed, today=TODAY).accepted
        )


def test_the_first_row_with_a_key_stays() -> None:
    frame = frame_of(
        declaration(declaration_id="a", item_number="1"),
        declaration(declaration_id="a", item_number=2),
        declaration(declaration_id=" a ", item_number=1.0),
        declaration(declaration_id="a", item_number=1),
    )
    found = validated(frame, today=TODAY)
    assert list(found.accepted.index) == [0, 1]
    assert list(found.rejected["row"]) == [2, 3]
    assert set(found.rejected["column"]) == {"declaration_id, item_number"}
    assert set(found.rejected["expected"]) == {
        "a key (declaration_id, item_number) that no earlier row has"
    }


def test_rows_without_a_readable_key_are_no_duplicates() -> None:
    frame = frame_of(declaration(item_number="x"), declaration(item_number="x"), declaration())
    found = validated(frame, today=TODAY)
    assert list(found.accepted.index) == [2]
    assert set(found.rejected["column"]) == {"item_number"}


def test_versions_of_a_firm_differ_by_the_day_they_became_known() -> None:
    versions = frame_of(trader(), trader(known_from="2020-01-01"), trader())
    assert list(validated(versions, TRADERS, TODAY).accepted.index) == [0, 1]


def test_all_missing_required_columns_are_named_with_those_there_are() -> None:
    frame = declarations(1).drop(columns=["hs_code", "trader_id"]).rename(columns={"packages": "P"})
    with pytest.raises(SchemaError, match="trader_id, hs_code") as raised:
        validated(frame)
    assert "declaration_id" in str(raised.value) and ", P," in str(raised.value)


def test_a_column_that_stands_twice_is_an_error() -> None:
    frame = declarations(1)
    with pytest.raises(SchemaError, match="hs_code"):
        validated(pd.concat([frame, frame[["hs_code"]]], axis=1))


def test_absent_optional_columns_stay_absent() -> None:
    required = [one.name for one in DECLARATIONS.columns if one.required]
    found = validated(declarations(2)[required], today=TODAY)
    assert list(found.accepted.columns) == required
    assert len(found.accepted) == 2


def test_unknown_columns_are_dropped_and_named() -> None:
    found = validated(declarations(1).assign(colour="red", **{"Tax Rate": 3}), today=TODAY)
    assert found.ignored == ("colour", "Tax Rate")
    assert "colour" not in found.accepted


def test_declarations_may_carry_the_register() -> None:
    firm = {one.name: trader()[one.name] for one in REGISTER_COLUMNS}
    found = validated(frame_of(declaration(**firm)), today=TODAY)
    assert found.accepted["owner_nationalities"].tolist() == ["KZ:0.6 TR:0.4"]
    assert found.ignored == ()


def test_a_row_alone_is_judged_as_in_a_batch() -> None:
    frame = frame_of(
        declaration(declaration_id="a", net_mass_kg="5.", packages=""),
        declaration(declaration_id="b", net_mass_kg="nan", hs_code=40690),
        declaration(declaration_id="c", net_mass_kg=7, hs_code="0406.90"),
    )
    batch = validated(frame, today=TODAY)
    alone = [validated(frame.iloc[[at]], today=TODAY) for at in range(3)]
    accepted = pd.concat([one.accepted for one in alone])
    rejected = pd.concat([one.rejected for one in alone], ignore_index=True)
    pd.testing.assert_frame_equal(batch.accepted, accepted)
    pd.testing.assert_frame_equal(batch.rejected, rejected)


def test_no_rows_are_no_fault() -> None:
    found = validated(declarations(1).iloc[:0], today=TODAY)
    assert found.accepted.empty and found.rejected.empty
    assert found.accepted["item_number"].dtype == "int64"


def test_labels_that_stand_twice_keep_rows_apart() -> None:
    frame = declarations(3).set_axis([7, 7, 7])
    frame["hs_code"] = ["845011", "bad", "845011"]
    found = validated(frame, today=TODAY)
    assert list(found.accepted["declaration_id"]) == ["D0000000", "D0000002"]
    assert list(found.rejected["row"]) == [7]


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**5000),
    st.floats(),
    st.decimals(),
    st.text(st.characters(), max_size=12),
    st.sampled_from(["KZ:1", "2024-01-01", "12,5", "\ud800", "9" * 400, "1e309", "0000-00-00"]),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
    st.binary(max_size=4),
    st.complex_numbers(),
    st.lists(st.one_of(st.none(), st.text(max_size=3), st.floats()), max_size=3),
    st.dictionaries(st.text(max_size=3), st.one_of(st.none(), st.floats()), max_size=3),
    st.sampled_from([pd.NA, pd.NaT, np.datetime64("NaT"), np.float32("nan"), np.array([[1], [2]])]),
    st.tuples(st.text(max_size=2)),
    st.builds(object),
)
SOMEWHERE = st.sampled_from([one.name for one in DECLARATIONS.every_column])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), SOMEWHERE, anything), max_size=12))
def test_no_cell_value_raises_and_no_row_is_lost(edits: list[tuple[int, str, object]]) -> None:
    records = [declaration(declaration_id=str(number)) for number in range(3)]
    for row, column, value in edits:
        records[row][column] = value
    columns = [one.name for one in DECLARATIONS.every_column]
    frame = pd.DataFrame(
        {name: pd.Series([one.get(name) for one in records], dtype=object) for name in columns}
    )
    found = validated(frame, today=TODAY)
    kept, lost = set(found.accepted.index), set(found.rejected["row"])
    assert kept | lost == {0, 1, 2} and not kept & lost
    again = validated(found.accepted, today=TODAY)
    pd.testing.assert_frame_equal(found.accepted, again.accepted)
