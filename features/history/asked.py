"""Which totals are wanted of the past, as a table that the search works through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from ..block import Block
from ..keys import composites
from ..values import DAY, NEVER, Day, Values
from .bins import bin_of, bins_of
from .entries import UNIT
from .search import BY, NO_DAY, RANKED, TAKE, TAKES, look_up
from .shelf import Shelf


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
    each. table: int64, see `search.look_up`.
    """

    names: tuple[str, ...]
    dated: tuple[int, ...]
    fields: tuple[str, ...]
    ranked: tuple[str, ...]
    by: np.ndarray
    table: np.ndarray

    @classmethod
    def of(cls, questions: Mapping[str, Question]) -> "Asked":
        """The totals by name."""
        ordered = dict(
            sorted(questions.items(), key=lambda item: (item[1].place, item[1].days or 0))
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
        return cls(tuple(ordered), dated, fields, ranked, by, rows)

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
        order = np.argsort(questions.keys, axis=1)
        for shelf in shelves:
            look_up(
                self.table, questions.keys, order, questions.days, questions.bins, found,
                shelf.bounds, *shelf.arrays,
            )  # fmt: skip

    def told(self, questions: Questions, found: np.ndarray) -> dict[str, Values]:
        """What was found, in the form in which signals take it."""
        known = questions.whole[self.of_key]
        totals, ranked = self.of_ranked
        known[totals] &= questions.bins[ranked] >= 0
        numbers = np.where(known, found / UNIT, np.nan)
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

    @cached_property
    def of_key(self) -> np.ndarray:
        """The key of each total."""
        return self.table[:, BY].copy()

    @cached_property
    def of_ranked(self) -> tuple[np.ndarray, np.ndarray]:
        """The totals that rank a number, and the place of each one's number."""
        totals = np.flatnonzero(self.table[:, RANKED] >= 0)
        return totals, self.table[totals, RANKED].copy()

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
