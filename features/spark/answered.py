"""Third stage: chunks with their answers, from which facts and signals are worked out as ever."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np
import pandas as pd
import pyarrow as pa

from ..block import Block, Step
from ..values import Values
from .message import ANSWERED, RECORDS, Message, messages_in
from .plan import Plan
from .work import frame_received

_NONE = np.empty(0, dtype=np.int64)

# What is made of the records of a chunk, and of all that is known of them.
Made = Callable[[pd.DataFrame, Block], pa.Table]


class Answered:
    """What answers for the past of one chunk: a history, whose totals were found elsewhere."""

    def __init__(self, plan: Plan, answers: np.ndarray) -> None:
        self._plan, self._known, self._answers = plan, plan.known(), answers
        self._totals: Mapping[str, Values] = {}

    def remembered(self, names: tuple[str, ...], block: Block) -> Mapping[str, Values]:
        """All that the named facts, signals and totals need of the past, for each record."""
        history = self._known.history
        if not self._totals:
            self._totals = self._found(block)
        told = {name: self._totals[name] for name in history.asked(names).names}
        return told | history.beside(names, block)

    def steps(self, names: tuple[str, ...]) -> Sequence[Step]:
        """The facts and signals that the named ones rest on, each after its inputs."""
        return self._known.history.steps(names)

    def _found(self, block: Block) -> Mapping[str, Values]:
        exchanged, history = self._known.exchanged, self._known.history
        questions = exchanged.asked.questions(block)
        found = np.repeat(exchanged.asked.nothing, block.rows, axis=1)
        exchanged.placed(questions, self._plan.ranges, self._answers, found)
        exchanged.asked.search(history.published, questions, found)
        return exchanged.asked.told(questions, found)


@dataclass(frozen=True)
class Answers:
    """Something made of each chunk: all its messages come one after the other."""

    plan: Plan
    made: Made

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """What is made of the chunks of a task."""
        for _, messages in groupby(messages_in(batches), attrgetter("chunk")):
            yield from self._of_chunk(list(messages)).to_batches()

    def _of_chunk(self, messages: list[Message]) -> pa.Table:
        told = sorted((one for one in messages if one.kind == ANSWERED), key=attrgetter("place"))
        (sent,) = (one for one in messages if one.kind == RECORDS)
        answers = np.concatenate([_NONE, *(one.arrays([np.int64])[0] for one in told)])
        records = frame_received(sent.parts[0])
        block = self.plan.known().history.block(records, Answered(self.plan, answers))
        return self.made(records, block)
