"""Our search of ledgers against Spark's window functions, exactly, for every declared total."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from shiprisk.features import NODES, Block, History, Trailing
from shiprisk.features.columns import columns_of
from shiprisk.features.history.compared import compared
from shiprisk.features.history.entries import UNIT
from shiprisk.training.examples import Past
from tests.features.spark.hard_past import hard_past
from tests.features.spark.windows import by_windows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TOTALS = {name: node for name, node in NODES.items() if isinstance(node, Trailing)}


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return hard_past(tmp_path_factory.mktemp("hard"), 3000)


def entering(history: History, past: Past) -> dict[str, Block]:
    """The records that the past is made of, as they come, by the day on which they enter."""
    statistics = history.statistics
    arrived = statistics.arrivals.assign(kg=statistics.arrivals["units"] / UNIT)
    joined = history.register.joined
    columns = {
        "declared_on": joined(columns_of(past.declarations)),
        "known_on": joined(columns_of(past.inspected)),
        "published_on": columns_of(compared(statistics.figures, arrived)),
    }
    return {on: Block(of_records, NODES) for on, of_records in columns.items()}


def test_every_total_is_what_window_functions_make_of_its_declaration(
    spark: "SparkSession", past: Past
) -> None:
    history = past.history()
    told = history.block(past.declarations)
    told.work_out(tuple(TOTALS))
    blocks = entering(history, past)
    windows = by_windows(spark, TOTALS, blocks["declared_on"], blocks)
    assert set(windows) == set(TOTALS)
    for name, found in windows.items():
        np.testing.assert_array_equal(told[name], found, err_msg=name)
    # Equal is not enough where nothing was ever seen.
    seen = {name: np.nan_to_num(found.astype(float)).any() for name, found in windows.items()}
    assert [name for name, any_of_it in seen.items() if not any_of_it] == []
