"""All signals on Spark are those of one machine, number by number."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

pytest.importorskip("pyspark", reason="no Spark here: make scale")

from shiprisk.features import (
    DECLARATIONS,
    NODES,
    SIGNALS,
    Block,
    History,
    SparkRecords,
    signal_matrix,
    signals_of,
)
from shiprisk.training import Past
from shiprisk.training.examples import KEY, OUTCOME
from tests.features.spark.hard_past import hard_past

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

NAMES = tuple(signal.name for signal in SIGNALS)
ROWS = pa.schema(
    [("declaration_id", pa.string()), ("item_number", pa.int64())]
    + [(name, pa.float64()) for name in NAMES]
)


def matrix_of(declarations: pd.DataFrame, block: Block) -> pa.Table:
    """What a task makes of its declarations here: their signals."""
    signals = map(pa.array, signal_matrix(block, NAMES).T)
    keys = [pa.array(declarations[name], ROWS.field(name).type) for name in KEY]
    return pa.table([*keys, *signals], schema=ROWS)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """Some 20,000 records, all of which can be accepted."""
    found = hard_past(tmp_path_factory.mktemp("hard"), 22_500)
    required = [one.name for one in DECLARATIONS.every_column if one.required]
    declarations = found.declarations.dropna(subset=required, ignore_index=True)
    inspected = found.inspected.dropna(subset=required, ignore_index=True)
    return replace(found, declarations=declarations, inspected=inspected)


@pytest.fixture(scope="module")
def given(spark: "SparkSession", past: Past) -> "DataFrame":
    """The declarations in no order, in parts."""
    shuffled = past.declarations.sample(frac=1, random_state=3)
    table = pa.Table.from_pandas(shuffled, preserve_index=False)
    days = table["declared_on"].cast(pa.date32())
    at = table.schema.get_field_index("declared_on")
    return spark.createDataFrame(table.set_column(at, "declared_on", days)).repartition(5)


@pytest.fixture(scope="module")
def beside(past: Past) -> History:
    return History(NODES).extended(
        traders=past.traders,
        trade_statistics=past.trade_statistics,
        listed_parties=past.listed_parties,
    )


def in_order(found: "DataFrame", declarations: pd.DataFrame) -> np.ndarray:
    """The signals of these declarations, in their order."""
    told = found.toArrow().to_pandas().set_index(KEY)
    assert told.index.is_unique
    return told.loc[pd.MultiIndex.from_frame(declarations[KEY])].to_numpy()


def kept(found: list["DataFrame"]) -> Callable[["DataFrame"], None]:
    """Writes into memory."""
    return lambda table: found.append(table.localCheckpoint())


def test_all_signals_are_the_same(
    spark: "SparkSession", past: Past, given: "DataFrame", beside: History, tmp_path: Path
) -> None:
    from pyspark.sql import functions as F

    outcomes = past.inspected[[*KEY, *OUTCOME]]
    records = SparkRecords.of(given, tmp_path, outcomes)
    assert (records.rows, records.left_out) == (len(past.declarations), 0)
    assert records.rows > 19_500
    found: list[DataFrame] = []
    records.answered_by_themselves(beside, matrix_of, ROWS, kept(found), F.lit(True))
    here = signals_of(past.declarations, past.history(), NAMES)
    there = in_order(found[0], past.declarations)
    np.testing.assert_array_equal(np.isnan(there), np.isnan(here))
    # The sums are whole numbers and the functions the same: not one bit differs.
    np.testing.assert_array_equal(there, here)
    constant = [
        name for name, x in zip(NAMES, here.T, strict=True) if np.ptp(np.nan_to_num(x)) == 0
    ]
    assert len(constant) < 10, constant


def test_a_later_batch_sees_an_earlier_past_its_own_days_and_a_new_list(
    past: Past, given: "DataFrame", tmp_path: Path
) -> None:
    from pyspark.sql import functions as F

    from shiprisk.features import TotalsTable, save_history

    day = past.declarations["declared_on"].quantile(0.8).normalize()
    declarations, inspected = past.declarations, past.inspected
    before = declarations["declared_on"] < day
    early = inspected[inspected["declared_on"] < day]
    unlisted = History(NODES).extended(traders=past.traders, trade_statistics=past.trade_statistics)
    earlier = unlisted.extended(declarations[before], early)
    save_history(earlier, tmp_path / "history")
    records = SparkRecords.of(
        given.where(F.col("declared_on") < F.lit(day.date())),
        tmp_path / "a",
        early[[*KEY, *OUTCOME]],
    )
    table = records.remembered(TotalsTable.empty(tmp_path / "totals", 8), "first", unlisted)
    listed = past.listed_parties
    later = SparkRecords.of(given.where(F.col("declared_on") >= F.lit(day.date())), tmp_path / "b")
    late = declarations[~before]
    here = signals_of(late, earlier.extended(late, listed_parties=past.listed_parties), NAMES)
    for place in (tmp_path / "history", table.directory):
        found: list[DataFrame] = []
        later.answered(place, matrix_of, ROWS, kept(found), listed_parties=listed, rows_at_once=700)
        np.testing.assert_array_equal(in_order(found[0], late), here, err_msg=place.name)
