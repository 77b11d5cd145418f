"""A ledger: for each key, the days on which something happened and its running totals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .entries import Entries


@dataclass(frozen=True)
class Ledger:
    """Entries sorted by key and code, one per key and code.

    keys: uint64, sorted, distinct. starts: int64, where each key's codes begin, and the end.
    codes: int32. running: int64, entries + 1 × columns: sums of all amounts before each entry, and
    after the last. Only differences are used, so a sum that runs over does no harm.
    """

    keys: np.ndarray
    starts: np.ndarray
    codes: np.ndarray
    running: np.ndarray

    @classmethod
    def built(cls, batches: Sequence[Entries], columns: int) -> "Ledger":
        """The ledger of any number of batches of entries, in any order."""
        if not sum(len(batch.keys) for batch in batches):
            nothing = np.empty(0, dtype=np.uint64), np.zeros(1, dtype=np.int64)
            return cls(*nothing, np.empty(0, np.int32), np.zeros((1, columns), dtype=np.int64))
        keys, ranks = _ranked(np.concatenate([batch.keys for batch in batches]))
        places = (ranks << 32) | np.concatenate([batch.codes for batch in batches])
        order = np.argsort(places)
        places = places[order]
        begins = np.flatnonzero(np.diff(places, prepend=-1))
        ends = np.append(begins[1:], len(places)) - 1
        running = np.zeros((len(begins) + 1, columns), dtype=np.int64)
        for column in range(columns):  # one at a time: all at once would take thrice the memory
            amounts = np.concatenate([batch.amounts[:, column] for batch in batches])
            running[1:, column] = np.cumsum(amounts[order])[ends]
        places = places[begins]
        starts = np.searchsorted(places, np.arange(len(keys) + 1) << 32)
        return cls(keys, starts, places.astype(np.int32), running)  # the rank is cut off

    @classmethod
    def merged(cls, ledgers: Sequence["Ledger"], columns: int) -> "Ledger":
        """One ledger of several."""
        if len(ledgers) == 1:
            return ledgers[0]
        return cls.built([ledger.entries() for ledger in ledgers], columns)

    def between(self, low: int, high: int) -> "Ledger":
        """The part with the keys at these places among all, without copying codes and totals."""
        first, last = int(self.starts[low]), int(self.starts[high])
        starts = self.starts[low : high + 1] - first
        return Ledger(
            self.keys[low:high], starts, self.codes[first:last], self.running[first : last + 1]
        )

    def entries(self) -> Entries:
        """What it was built from, one entry per key and code."""
        keys = np.repeat(self.keys, np.diff(self.starts))
        return Entries(keys, self.codes.astype(np.int64), np.diff(self.running, axis=0))


def _ranked(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct keys in order, and for each key its place among them."""
    codes, distinct = pd.factorize(keys)  # hashing beats sorting where keys repeat
    order = np.argsort(distinct)
    places = np.empty(len(distinct), dtype=np.int64)
    places[order] = np.arange(len(distinct))
    return distinct[order], places[codes]
