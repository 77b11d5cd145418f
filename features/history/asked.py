"""Which totals are wanted of the past, as a table that the search works through."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from ..block import Block
from ..keys import composites
from ..values import DAY, NEVER, Day, Values
from .bins import bin_of, bins_of
from .cores import PARTS, of_each
from .search import BY, NO_DAY, TAKE, TAKES, in_own_unit, look_up
from .shelf import Shelf

# From so many records on, totals are looked up on several cores.
_MANY = 1_000

# How many ordinary totals a percentile costs.
_BELOW_COSTS = 10


class Question(NamedTuple):
    """One total: its key, where it stands on a shelf, how far back, and how it is taken."""

    by: tuple[str, ...]
    place: int
    column: int = 0
    days: int | None = None
    take: str = "total"
    ranked: str = ""


class Questions(NamedTuple):
    """What totals are asked of, for some records.

    keys, whole: uint64 and bool, distinct keys × records: a key counts where no part is missing.
    days: int64, of each record. bins: int64, ranked numbers × records, -1 where one is missing.
    """

    keys: np.ndarray
    whole: np.ndarray
    days: np.ndarray
    bins: np.ndarray


@dataclass(frozen=True)
class Asked:
    """A set of totals that are looked up together.

    names: of the totals. dated: the positions of those that are days. fields: the columns and facts
    that make up keys. ranked: the numbers that are ranked. by: int64, distinct keys × fields of
    each. table: int64, see `search.look_up`. parts: of the table, with no key in common, that cost
    about as much.
    """

    names: tuple[str, ...]
    dated: tuple[int, ...]
    fields: tuple[str, ...]
    ranked: tuple[str, ...]
    by: np.ndarray
    table: np.ndarray
    parts: tuple[slice, ...]

    @classmethod
    def of(cls, questions: Mapping[str, Question]) -> "Asked":
        """The totals by name."""
        part = _parted(questions.values())
        ordered = dict(
            sorted(questions.items(), key=lambda x: (part[x[1].by], x[1].place, x[1].days or 0))
        )
        keys = list(dict.fromkeys(question.by for question in ordered.values()))
        fields = tuple(dict.fromkeys(field for key in keys for field in key))
        ranked = tuple(dict.fromkeys(q.ranked for q in ordered.values() if q.ranked))
        by = np.full((len(keys), max(map(len, keys), default=0)), -1, dtype=np.int64)
        for at, key in enumerate(keys):
            by[at, : len(key)] = [fields.index(field) for field in key]
        table = [
            (
                keys.index(q.by), q.place, q.column, q.days or 0, TAKES[q.take],
                ranked.index(q.ranked) if q.ranked else -1,
            )
            for q in ordered.values()
        ]  # fmt: skip
        dated = tuple(at for at, q in enumerate(ordered.values()) if q.take.endswith("_day"))
        rows = np.array(table, dtype=np.int64).reshape(-1, 6)
        of_parts = [part[q.by] for q in ordered.values()]
        ends = np.cumsum(np.bincount(of_parts)).tolist() if of_parts else []
        parts = tuple(map(slice, [0, *ends[:-1]], ends))
        return cls(tuple(ordered), dated, fields, ranked, by, rows, parts)

    def answered(self, shelves: Sequence[Shelf], block: Block) -> dict[str, Values]:
        """Each total for each record: float64, or days for first and last.

        Missing where a part of the key is missing; 0 (or no day) where the key was never seen.
        """
        questions = self.questions(block)
        found = np.repeat(self.nothing, block.rows, axis=1)
        self.search(shelves, questions, found)
        return self.told(questions, found)

    def questions(self, block: Block) -> Questions:
        """What is asked for the records of a block."""
        parts, absent = block.key_parts(self.fields)
        keys, whole = composites(parts, absent, self.by)
        return Questions(keys, whole, block["declared_on"].astype(np.int64), self._bins(block))

    def search(self, shelves: Sequence[Shelf], questions: Questions, found: np.ndarray) -> None:
        """Add what shelves hold to `found` (int64, totals × records): units, and day numbers."""
        if len(questions.days) < _MANY:
            order = np.argsort(questions.keys, axis=1)
            self._look_up(slice(None), order, shelves, questions, found)
            return
        order = np.empty(questions.keys.shape, dtype=np.int64)

        def look(part: slice) -> None:
            for by in np.unique(self.table[part, BY]):
                order[by] = np.argsort(questions.keys[by])
            self._look_up(part, order, shelves, questions, found)

        of_each(look, self.parts)

    def _look_up(
        self,
        part: slice,
        order: np.ndarray,
        shelves: Sequence[Shelf],
        questions: Questions,
        found: np.ndarray,
    ) -> None:
        for shelf in shelves:
            look_up(
                self.table[part], questions.keys, order, questions.days, questions.bins,
                found[part], shelf.bounds, *shelf.arrays,
            )  # fmt: skip

    def told(self, questions: Questions, found: np.ndarray) -> dict[str, Values]:
        """What was found, in the form in which signals take it; `found` is used up."""
        numbers = found.view(np.float64)
        in_own_unit(self.table, questions.whole, questions.bins, found, numbers)
        if found.shape[1] == 1:
            return self._of_one(found, numbers)
        told = dict(zip(self.names, numbers, strict=True))
        for at in self.dated:
            told[self.names[at]] = found[at].view(DAY)
        return told

    def _of_one(self, found: np.ndarray, numbers: np.ndarray) -> dict[str, Values]:
        told = dict(zip(self.names, numbers[:, 0].tolist(), strict=True))
        for at in self.dated:
            day = int(found[at, 0])
            told[self.names[at]] = NEVER if day == NO_DAY else Day(day)
        return told

    @cached_property
    def nothing(self) -> np.ndarray:
        """What each total is of a key that was never seen: totals × 1."""
        days = self.table[:, TAKE] >= TAKES["first_day"]
        return np.where(days, NO_DAY, 0)[:, None]

    def _bins(self, block: Block) -> np.ndarray:
        """The bin of each ranked number, -1 where it is missing."""
        if block.rows == 1:
            ranked: list[Any] = [block.values(name) for name in self.ranked]
            return np.array([-1 if x != x else bin_of(x) for x in ranked], np.int64)[:, None]
        bins = np.empty((len(self.ranked), block.rows), dtype=np.int64)
        for at, name in enumerate(self.ranked):
            values = block[name]
            bins[at] = np.where(np.isnan(values), -1, bins_of(np.nan_to_num(values)))
        return bins


def _parted(questions: Iterable[Question]) -> dict[tuple[str, ...], int]:
    """The part of each key: the dearest first, each to the part that has least to do so far."""
    costs = Counter[tuple[str, ...]]()
    for question in questions:
        costs[question.by] += _BELOW_COSTS if question.take == "below" else 1
    to_do, part = [0] * min(PARTS, len(costs)), {}
    for key, cost in costs.most_common():
        part[key] = to_do.index(min(to_do))
        to_do[part[key]] += cost
    return part
