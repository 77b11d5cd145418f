"""Totals of single days as rows: what ledgers are made of, in a form that any engine can carry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..trailing import LedgerKey
from .entries import Entries
from .ledger import Ledger
from .ragged import taken
from .shelf import Shelf, sizes

Ledgers = Mapping[LedgerKey, Sequence[str]]

# Keys are hashes, so ranges of equal length hold about as many of them.
_KEY_BITS = 64


@dataclass(frozen=True)
class DayTotals:
    """Rows in order of ledger, key and code.

    ledger: int16, place among the ledgers. keys: uint64. codes: int32, see `Ledger`. amounts:
    int64 units, those of a row after another: as many as its ledger has columns.
    """

    ledger: np.ndarray
    keys: np.ndarray
    codes: np.ndarray
    amounts: np.ndarray

    @classmethod
    def of(cls, ledgers: Iterable[tuple[int, Ledger]]) -> "DayTotals":
        """The rows of ledgers, each with its place."""
        parts = [(place, ledger.entries()) for place, ledger in ledgers]
        return cls.joined([cls.of_entries(place, entries) for place, entries in parts])

    @classmethod
    def of_entries(cls, place: int, entries: Entries) -> "DayTotals":
        """Entries of one ledger."""
        return cls(
            np.full(len(entries.keys), place, dtype=np.int16),
            entries.keys,
            entries.codes.astype(np.int32),
            entries.amounts.ravel(),
        )

    @classmethod
    def joined(cls, parts: Sequence["DayTotals"]) -> "DayTotals":
        """Rows after rows, in the order given."""
        if not parts:
            nothing = (np.empty(0, kind) for kind in (np.int16, np.uint64, np.int32, np.int64))
            return cls(*nothing)
        columns = zip(*(part.arrays for part in parts), strict=True)
        return cls(*(np.concatenate(arrays) for arrays in columns))

    @property
    def arrays(self) -> tuple[np.ndarray, ...]:
        """All four, in their order."""
        return self.ledger, self.keys, self.codes, self.amounts

    def __len__(self) -> int:
        return len(self.keys)

    def by_range(self, ranges: int, widths: np.ndarray) -> Iterator[tuple[int, "DayTotals"]]:
        """The rows of each range of keys that has any. widths: columns of each ledger."""
        found = enumerate(self._parted(range_of(self.keys, ranges), ranges, widths))
        return ((place, rows) for place, rows in found if len(rows))

    def shelf(self, ledgers: Ledgers) -> Shelf:
        """The same as ledgers, ready to be searched; rows of the same key and code are summed."""
        widths = widths_of(ledgers)
        parts = self._parted(self.ledger, len(ledgers), widths)
        made = (
            (key, rows._as_ledger(width))
            for key, rows, width in zip(ledgers, parts, widths.tolist(), strict=True)
        )
        nothing = [sizes(Ledger.built([], width))[:-1] for width in widths.tolist()]
        room = [len(self), len(self), len(self), len(self.amounts)]
        return Shelf.filled(made, np.sum([room, *nothing], axis=0))

    def _parted(self, part: np.ndarray, parts: int, widths: np.ndarray) -> Iterator["DayTotals"]:
        """The rows of each part, in the order in which they are."""
        order = np.argsort(part, kind="stable")
        of_row = widths[self.ledger]
        arrays = self.ledger[order], self.keys[order], self.codes[order]
        amounts = taken(self.amounts, of_row, order)
        ends = np.cumsum(np.bincount(part, minlength=parts))
        begin_of = np.concatenate([[0], np.cumsum(of_row[order])])
        for begin, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            ledger, keys, codes = (array[begin:end] for array in arrays)
            yield DayTotals(ledger, keys, codes, amounts[begin_of[begin] : begin_of[end]])

    def _as_ledger(self, width: int) -> Ledger:
        """The ledger of rows that all belong to it."""
        amounts = self.amounts.reshape(-1, width)
        return Ledger.built([Entries(self.keys, self.codes.astype(np.int64), amounts)], width)


def widths_of(ledgers: Ledgers) -> np.ndarray:
    """How many columns each ledger has: int64."""
    return np.array([len(columns) for columns in ledgers.values()], dtype=np.int64)


def first_keys(ranges: int) -> np.ndarray:
    """The first key of each range: uint64."""
    return np.arange(ranges, dtype=np.uint64) << np.uint64(_KEY_BITS - ranges.bit_length() + 1)


def range_of(keys: np.ndarray, ranges: int) -> np.ndarray:
    """Which of so many equal ranges (a power of two, at least 2) each key lies in: int64."""
    return (keys >> np.uint64(_KEY_BITS - ranges.bit_length() + 1)).astype(np.int64)
