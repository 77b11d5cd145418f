"""What a chunk of declarations asks of ranges of keys, and where its answers belong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from ..history.asked import Asked, Questions
from ..history.day_totals import range_of
from ..history.ragged import taken
from ..history.search import BY, LEDGER, RANKED
from ..history.shelf import Shelf

# Mixed into a key, so that the same key on another day is another question.
_DAY, _BIN = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True)
class Distinct:
    """Questions, each once: which key of a record is asked for, its value, the day, the bins.

    of_key: int16. keys: uint64. days: int32. bins: int16, ranked numbers × questions.
    """

    of_key: np.ndarray
    keys: np.ndarray
    days: np.ndarray
    bins: np.ndarray

    @classmethod
    def joined(cls, parts: Sequence["Distinct"]) -> "Distinct":
        """Questions after questions."""
        columns = zip(*(part.arrays for part in parts), strict=True)
        return cls(*(np.concatenate(arrays, axis=-1) for arrays in columns))

    @classmethod
    def sent(cls, arrays: Sequence[np.ndarray]) -> "Distinct":
        """The same from arrays of one dimension."""
        of_key, keys, days, bins = arrays
        return cls(of_key, keys, days, bins.reshape(-1, len(keys)))

    @property
    def arrays(self) -> tuple[np.ndarray, ...]:
        """All four, in their order."""
        return self.of_key, self.keys, self.days, self.bins

    def at(self, rows: np.ndarray | slice) -> "Distinct":
        """Some of the questions."""
        return Distinct(*(array[..., rows] for array in self.arrays))

    def by_range(self, ranges: int) -> tuple[np.ndarray, np.ndarray]:
        """An order in which the questions of a range stand together, and where each range ends."""
        place = range_of(self.keys, ranges)
        ends = np.cumsum(np.bincount(place, minlength=ranges))
        return np.argsort(place, kind="stable"), ends


@dataclass(frozen=True)
class Exchanged:
    """The totals that ranges of keys are asked for: those of ledgers that are not at hand.

    asked: all totals. at_hand: which of their ledgers every task holds itself: bool.
    """

    asked: Asked
    at_hand: np.ndarray

    @cached_property
    def of_key(self) -> list[np.ndarray]:
        """For each key of a record, its totals among those asked."""
        table = self.asked.table
        away = ~self.at_hand[table[:, LEDGER]]
        return [np.flatnonzero(away & (table[:, BY] == key)) for key in range(len(self.asked.by))]

    @cached_property
    def _asked_of_key(self) -> list[Asked]:
        """The totals of each key alone."""
        found = []
        for key, totals in enumerate(self.of_key):
            table = self.asked.table[totals]
            table[:, BY] = 0
            found.append(replace(self.asked, by=self.asked.by[key : key + 1], table=table))
        return found

    @cached_property
    def widths(self) -> np.ndarray:
        """How many totals each key has: int64."""
        return np.array([len(totals) for totals in self.of_key], dtype=np.int64)

    @cached_property
    def _ranks(self) -> np.ndarray:
        """Which numbers are ranked among the totals of each key: bool, keys × ranked numbers."""
        table = self.asked.table
        ranked = np.arange(len(self.asked.ranked))
        return np.array([np.isin(ranked, table[totals, RANKED]) for totals in self.of_key])

    def distinct(self, questions: Questions) -> tuple[Distinct, list[np.ndarray]]:
        """The questions of records, each once; and for each key, which one every record asks.

        -1 where a part of the key is missing, or nothing is asked of it.
        """
        found, asks, before = list[Distinct](), list[np.ndarray](), 0
        for key, totals in enumerate(self.of_key):
            rows = np.flatnonzero(questions.whole[key] & bool(len(totals)))
            ranked = self._ranks[key]
            bins = np.where(ranked[:, None], questions.bins[:, rows], -1)
            keys, days = questions.keys[key, rows], questions.days[rows]
            mixed = keys ^ (days.astype(np.uint64) * _DAY)
            for number in np.flatnonzero(ranked):
                mixed ^= (bins[number] + 2).astype(np.uint64) * _BIN
            codes, once = pd.factorize(mixed)
            first = np.empty(len(once), dtype=np.int64)
            first[codes[::-1]] = np.arange(len(rows))[::-1]
            of_key = np.full(len(once), key, dtype=np.int16)
            days, bins = days[first].astype(np.int32), bins[:, first].astype(np.int16)
            found.append(Distinct(of_key, keys[first], days, bins))
            asks.append(np.full(len(questions.days), -1))
            asks[-1][rows] = codes + before
            before += len(once)
        return Distinct.joined(found), asks

    def answers(self, distinct: Distinct, shelves: list[Shelf]) -> np.ndarray:
        """What shelves hold: int64, the totals of each question after those of the one before."""
        order = np.argsort(distinct.of_key, kind="stable")
        ends = np.cumsum(np.bincount(distinct.of_key, minlength=len(self.of_key))).tolist()
        told = [
            self._of_key(key, distinct.at(order[begin:end]), shelves)
            for key, (begin, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True))
            if end > begin
        ]
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        together = np.concatenate(told) if told else np.empty(0, dtype=np.int64)
        return taken(together, self.widths[distinct.of_key[order]], back)

    def _of_key(self, key: int, distinct: Distinct, shelves: list[Shelf]) -> np.ndarray:
        asked = self._asked_of_key[key]
        days, bins = distinct.days.astype(np.int64), distinct.bins.astype(np.int64)
        keys = distinct.keys[None, :]
        found = np.repeat(asked.nothing, len(days), axis=1)
        asked.search(shelves, Questions(keys, np.ones_like(keys, dtype=bool), days, bins), found)
        return found.T.ravel()

    def placed(
        self, questions: Questions, ranges: int, answers: np.ndarray, found: np.ndarray
    ) -> None:
        """Put answers where records asked: `found`, totals × records.

        answers: to the distinct questions of these records, range after range.
        """
        distinct, asks = self.distinct(questions)
        order, _ = distinct.by_range(ranges)
        widths = self.widths[distinct.of_key[order]]
        starts = np.empty(len(order), dtype=np.int64)
        starts[order] = np.cumsum(widths) - widths
        for totals, asked in zip(self.of_key, asks, strict=True):
            rows = np.flatnonzero(asked >= 0)
            begin = starts[asked[rows]]
            for at, total in enumerate(totals.tolist()):
                found[total, rows] = answers[begin + at]
