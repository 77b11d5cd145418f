"""Scores on Spark are those of one machine, in every column."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pytest

pytest.importorskip("pyspark", reason="no Spark here: make scale")

from shiprisk.features import Records, SparkRecords
from shiprisk.serving import HISTORY, SCHEMA, Scorer, Scores, score_on_spark
from shiprisk.serving.files import table_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

KEY = ("declaration_id", "item_number")


@pytest.fixture(scope="module")
def later(records: Records, scorer: Scorer) -> pd.DataFrame:
    """The last declarations, the first of which the history knows already."""
    return records.declarations.sort_values("declared_on").tail(1500).reset_index(drop=True)


@pytest.fixture(scope="module")
def checked(
    spark: "SparkSession", later: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> SparkRecords:
    table = pa.Table.from_pandas(later, preserve_index=False)
    at = table.schema.get_field_index("declared_on")
    days = table.set_column(at, "declared_on", table["declared_on"].cast(pa.date32()))
    given = spark.createDataFrame(days).repartition(3)
    return SparkRecords.of(given, tmp_path_factory.mktemp("work"))


def by_key(rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
    found = {tuple(row[name] for name in KEY): row for row in rows}
    assert len(found) == len(rows)
    return found


def scored(records: SparkRecords, bundle: Path, **asked: Any) -> dict[Any, Any]:
    found: list[DataFrame] = []
    scores = Scores(bundle, 5, asked.pop("lanes", None))
    write = found.append
    score_on_spark(
        records, bundle / HISTORY, scores, lambda rows: write(rows.localCheckpoint()), **asked
    )
    return by_key(found[0].toArrow().to_pylist())


def test_every_column_is_the_same(
    checked: SparkRecords, later: pd.DataFrame, bundle: Path, scorer: Scorer
) -> None:
    here = by_key(table_of(scorer.score_validated(later, 5), SCHEMA).to_pylist())
    assert scored(checked, bundle) == here
    assert len({row["risk"] for row in here.values()}) > 500


def test_one_day_sees_the_days_before_it(
    checked: SparkRecords, later: pd.DataFrame, bundle: Path, scorer: Scorer
) -> None:
    day: date = later["declared_on"].max().date()
    of_day = later["declared_on"].dt.date == day
    whole = scorer.score_validated(later, 5)[of_day.to_numpy()]
    assert scored(checked, bundle, day=day) == by_key(table_of(whole, SCHEMA).to_pylist())


def test_only_the_lanes_that_are_asked_for_are_explained(
    checked: SparkRecords, later: pd.DataFrame, bundle: Path, scorer: Scorer
) -> None:
    lanes = ("red", "yellow")
    there = scored(checked, bundle, lanes=lanes)
    day = later["declared_on"].max().to_datetime64().astype("datetime64[D]")
    blocks = scorer.after_days_of([later], day).scored_blocks([later], 5, lanes)
    here = pd.concat([block.scores for block in blocks])
    assert there == by_key(table_of(here, SCHEMA).to_pylist())
    assert {row["families"] is None for row in there.values()} == {True, False}
