"""Declarations are checked on Spark as they are on one machine."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pytest

pytest.importorskip("pyspark", reason="no Spark here: make scale")

from shiprisk.features import SchemaError, SparkRecords, validated
from tests.factory import declaration

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TODAY = date(2026, 1, 1)


def broken() -> pd.DataFrame:
    """Good rows and bad ones, all cells as text, as a careless export has them."""
    rows = [{**declaration(), "declaration_id": f"D{n}", "item_number": 1} for n in range(40)]
    rows[3]["net_mass_kg"] = "-4"
    rows[4]["hs_code"], rows[4]["declared_on"] = "bread", "2031-01-01"
    rows[5]["declaration_id"] = None
    rows[7] = {**rows[6]}  # a key again
    rows[9] = {**rows[3], "net_mass_kg": "4"}  # a key that a rejected row has
    rows[11] = {**rows[10], "customs_value_usd": "dear"}  # a key again, and another fault
    rows[12]["country_of_origin"] = "Kazakhstan?"
    frame = pd.DataFrame(rows)
    return (
        frame.astype(object).where(frame.notna(), None).map(lambda x: None if x is None else str(x))
    )


def test_what_is_accepted_and_every_fault_are_the_same(
    spark: "SparkSession", tmp_path: Path
) -> None:
    frame = broken()
    given = spark.createDataFrame(pa.Table.from_pandas(frame, preserve_index=False))
    records = SparkRecords.of(given.coalesce(1), tmp_path, today=TODAY)
    here = validated(frame, today=TODAY)
    assert (records.rows, records.left_out) == (len(here.accepted), here.rejected["row"].nunique())
    key = ["declaration_id", "item_number"]
    there = records.declared.toArrow().to_pandas(date_as_object=False).sort_values(key)
    expected = here.accepted.sort_values(key).reset_index(drop=True)
    pd.testing.assert_frame_equal(
        there.reset_index(drop=True)[expected.columns], expected, check_dtype=False
    )
    given_ids = frame["declaration_id"].astype(object).where(frame["declaration_id"].notna(), None)
    found = [
        (json.loads(row["given"])["declaration_id"], fault["column"], fault["expected"])
        for row in records.rejected.collect()
        for fault in row["faults"]
    ]
    told = [(given_ids[x.row], x.column, x.expected) for x in here.rejected.itertuples()]
    assert sorted(found, key=str) == sorted(told, key=str)


def test_one_row_of_a_key_is_kept_whatever_part_of_the_table_it_is_in(
    spark: "SparkSession", tmp_path: Path
) -> None:
    frame = pd.DataFrame([declaration()] * 30)
    given = spark.createDataFrame(pa.Table.from_pandas(frame, preserve_index=False))
    records = SparkRecords.of(given.repartition(6), tmp_path, today=TODAY)
    assert (records.rows, records.left_out) == (1, 29)


def test_a_table_without_a_required_column_is_refused(
    spark: "SparkSession", tmp_path: Path
) -> None:
    given = spark.createDataFrame(pa.table({"declaration_id": ["A"], "colour": ["red"]}))
    with pytest.raises(SchemaError, match="missing the required columns item_number"):
        SparkRecords.of(given, tmp_path)
