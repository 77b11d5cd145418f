"""First stage: chunks of declarations say what they add to the past, and what they ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyspark import TaskContext

from ..block import Block
from ..history.day_totals import DayTotals
from .message import ASKED, ENTERED, RECORDS, Message, batches_of
from .plan import Plan
from .work import ASKS, frame_of, records_sent

# Chunks of one task; more would need as many rows as no machine holds.
_CHUNKS = 32


@dataclass(frozen=True)
class Chunks:
    """Each batch of declarations becomes a chunk: for every range of keys two messages."""

    plan: Plan

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Messages of all batches of a task."""
        return batches_of(self._messages(batches))

    def _messages(self, batches: Iterator[pa.RecordBatch]) -> Iterator[Message]:
        task = TaskContext.get()
        assert task is not None, "chunks are worked through by tasks of Spark"
        first = task.partitionId() << _CHUNKS
        for number, batch in enumerate(batches):
            yield from self.of_chunk(first + number, batch)

    def of_chunk(self, chunk: int, batch: pa.RecordBatch) -> Iterator[Message]:
        """Messages of one batch, which is known by a number."""
        plan, known = self.plan, self.plan.known()
        records = frame_of(batch)
        block = known.history.block(records)
        entered = self._entered(block, plan.outcomes and "known_on" in records)
        for place, rows in entered.by_range(plan.ranges, known.widths):
            yield Message.of(place, chunk, ENTERED, rows.arrays)
        asks = records[ASKS].to_numpy(dtype=bool)
        if not asks.any():
            return
        asking = block if asks.all() else known.history.block(records[asks])
        distinct, _ = known.exchanged.distinct(known.exchanged.asked.questions(asking))
        order, ends = distinct.by_range(plan.ranges)
        for place, (begin, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
            if end > begin:
                questions = distinct.at(order[begin:end])
                yield Message.of(place, chunk, ASKED, questions.arrays)
        yield Message(chunk % plan.ranges, chunk, RECORDS, [records_sent(batch, asks)])

    def _entered(self, block: Block, outcomes: bool) -> DayTotals:
        known = self.plan.known()
        declared = known.day_totals("declared_on", block, self.plan.enters(block["declared_on"]))
        if not outcomes:
            return declared
        every = np.ones(block.rows, dtype=bool)
        return DayTotals.joined([declared, known.day_totals("known_on", block, every)])
