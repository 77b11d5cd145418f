"""Second stage: ranges of keys, each of which holds its part of the past, answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
import pyarrow as pa

from ..catalogue import NODES
from ..history import TotalsTable, load_history
from ..history.day_totals import DayTotals
from ..history.rows import as_table
from ..history.shelf import Shelf
from .message import ANSWERED, ASKED, ENTERED, Message, batches_of, messages_in
from .plan import Known, Plan
from .questions import Distinct

# Questions that are answered together: more would fill the memory, fewer would cost time.
_AT_ONCE = 500_000

# Rows that go to Spark at once.
_ROWS_WRITTEN = 200_000

_ENTERED = (np.int16, np.uint64, np.int32, np.int64)
_ASKED = (np.int16, np.uint64, np.int32, np.int16)


@dataclass(frozen=True)
class Ranges:
    """Answers from what entered and from the saved past; what is no question goes through."""

    plan: Plan

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Messages of a task, in order of place and kind, what entered first."""
        return batches_of(self._answered(messages_in(batches)))

    def _answered(self, messages: Iterator[Message]) -> Iterator[Message]:
        for place, of_place in groupby(messages, attrgetter("place")):
            shelves = list[Shelf]()
            for kind, of_kind in groupby(of_place, attrgetter("kind")):
                if kind == ENTERED:
                    shelves = [entered(of_kind, self.plan)]
                elif kind == ASKED:
                    yield from self._of(of_kind, [*shelves, *past(self.plan, place)])
                else:
                    yield from of_kind

    def _of(self, questions: Iterator[Message], shelves: list[Shelf]) -> Iterator[Message]:
        waiting, size = list[tuple[Message, Distinct]](), 0
        for message in questions:
            waiting.append((message, Distinct.sent(message.arrays(_ASKED))))
            size += len(waiting[-1][1].keys)
            if size >= _AT_ONCE:
                yield from self._together(waiting, shelves)
                waiting, size = [], 0
        if waiting:
            yield from self._together(waiting, shelves)

    def _together(
        self, waiting: list[tuple[Message, Distinct]], shelves: list[Shelf]
    ) -> Iterator[Message]:
        exchanged = self.plan.known().exchanged
        distinct = Distinct.joined([questions for _, questions in waiting])
        answers = exchanged.answers(distinct, shelves)
        sizes = [exchanged.widths[questions.of_key].sum() for _, questions in waiting]
        ends = np.cumsum(sizes)[:-1]
        for (message, _), told in zip(waiting, np.split(answers, ends), strict=True):
            yield Message.of(message.place, message.chunk, ANSWERED, [told])


@dataclass(frozen=True)
class Rows:
    """What entered, as rows of a table of totals: one for each range, ledger, key and code."""

    plan: Plan

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of a task, whose messages come in order of place."""
        for place, messages in groupby(messages_in(batches), attrgetter("place")):
            yield from _rows(place, entered(messages, self.plan), self.plan.known())


@dataclass(frozen=True)
class Joined:
    """The saved past of ranges of keys, whose places come as numbers, as rows of a table."""

    plan: Plan

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of the ranges of a task."""
        for batch in batches:
            for place in batch.column(0).to_pylist():
                (shelf,) = past(self.plan, place)
                yield from _rows(place, shelf, self.plan.known())


def _rows(place: int, shelf: Shelf, known: Known) -> Iterator[pa.RecordBatch]:
    for at, key in enumerate(known.history.ledgers):
        table = as_table(DayTotals.of([(at, shelf.ledger(key))]), known.widths)
        of_range = pa.array(np.full(len(table), place, dtype=np.int32))
        yield from table.add_column(0, "range", of_range).to_batches(_ROWS_WRITTEN)


def entered(messages: Iterator[Message], plan: Plan) -> Shelf:
    """What chunks added to the ledgers of a range of keys."""
    rows = [DayTotals(*message.arrays(_ENTERED)) for message in messages]
    return DayTotals.joined(rows).shelf(plan.known().history.ledgers)


def past(plan: Plan, place: int) -> tuple[Shelf, ...]:
    """What the saved past holds of a range of keys, if not more."""
    if plan.past is None:
        return ()
    if isinstance(plan.past, TotalsTable):
        return (plan.past.shelf(place, plan.known().history.ledgers),)
    return _mapped(plan.past, (plan.past / "history.json").stat().st_mtime_ns)


@cache
def _mapped(directory: Path, written: int) -> tuple[Shelf, ...]:
    """The shelves of a history as it was written last."""
    return load_history(directory, NODES).shelves
