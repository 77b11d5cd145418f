"""A trader or goods with a tenth of all rows do not pile onto one range of keys."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

pytest.importorskip("pyspark", reason="no Spark here: make scale")

from shiprisk.features import save_history
from shiprisk.features.history.day_totals import range_of
from shiprisk.features.keys import hashed
from shiprisk.features.spark.chunks import Chunks
from shiprisk.features.spark.message import ASKED, ENTERED, Message
from shiprisk.features.spark.plan import Plan
from shiprisk.features.spark.work import ASKS, kind_of
from shiprisk.training.examples import Past
from tests.features.spark.hard_past import hard_past

RANGES, ROWS_AT_ONCE = 64, 2500


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return hard_past(tmp_path_factory.mktemp("hard"), 10_000)


@pytest.fixture(scope="module")
def messages(past: Past, tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """What chunks of all declarations send."""
    beside = tmp_path_factory.mktemp("beside")
    save_history(replace(past.history(), shelves=()), beside)
    chunks = Chunks(Plan(beside, None, RANGES))
    rows = past.declarations
    batches = [batch_of(rows[at : at + ROWS_AT_ONCE]) for at in range(0, len(rows), ROWS_AT_ONCE)]
    return [one for at, batch in enumerate(batches) for one in chunks.of_chunk(at, batch)]


def batch_of(rows: pd.DataFrame) -> pa.RecordBatch:
    arrays = {name: pa.array(rows[name], kind_of(name), from_pandas=True) for name in rows}
    return pa.record_batch({**arrays, ASKS: pa.array(np.ones(len(rows), dtype=bool))})


def bytes_by_range(messages: list[Message], kind: int) -> np.ndarray:
    found = Counter[int]()
    for one in messages:
        found[one.place] += sum(map(len, one.parts)) * (one.kind == kind)
    return np.array([found[place] for place in range(RANGES)])


def test_rows_themselves_would_pile_up(past: Past) -> None:
    for name in ("trader_id", "hs_code"):
        keys = hashed(past.declarations[name].dropna().to_numpy(dtype=object))
        rows = np.bincount(range_of(keys, RANGES), minlength=RANGES)
        assert rows.max() > 5 * rows.mean(), name


@pytest.mark.parametrize("kind", [ENTERED, ASKED])
def test_no_range_is_sent_much_more_than_others(messages: list[Message], kind: int) -> None:
    # A chunk sends what it adds to a key on a day as one row, and asks for a key on a day once.
    sent = bytes_by_range(messages, kind)
    assert sent.max() < 2.5 * sent.mean()


def test_a_chunk_sends_one_message_of_a_kind_to_a_range(messages: list[Message]) -> None:
    assert max(Counter(one[:3] for one in messages).values()) == 1
