"""A ledger: for each key, the days on which something happened and its running total."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# A day number (days since 1970) fits 20 bits until the year 4840.
_DAY_BITS = np.int64(20)
_DAY_MASK = np.int64((1 << 20) - 1)

# Amounts are kept as whole multiples of 2^-20, so that a sum is the same in any order, merged,
# appended or computed elsewhere. A total may reach 8.8e12.
_UNIT = float(1 << 20)

# From so many look-ups on it pays to put them in order first: neighbours share the cache.
_MANY = 256


@dataclass(frozen=True)
class Entries:
    """Things that happened: key (uint64), day (int64), amount (int64 units), one each."""

    keys: np.ndarray
    days: np.ndarray
    amounts: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, days: np.ndarray, amounts: np.ndarray) -> "Entries":
        """Entries from amounts in their own unit. An amount of nothing is not something seen."""
        whole = np.rint(amounts * _UNIT).astype(np.int64)
        some = whole != 0
        return cls(keys[some], days[some].astype(np.int64), whole[some])


@dataclass(frozen=True)
class Ledger:
    """Entries sorted by key and day, one per key and day.

    keys: uint64, sorted, distinct. codes: int64, position of the key << 20 | day, sorted.
    running: int64, the sum of all amounts before each entry, and after the last.
    """

    keys: np.ndarray
    codes: np.ndarray
    running: np.ndarray

    @classmethod
    def built(cls, entries: Sequence[Entries]) -> "Ledger":
        """The ledger of any number of batches of entries, in any order."""
        keys, slots = _ranked(_joined(entries, "keys", np.uint64))
        codes = (slots << _DAY_BITS) | _joined(entries, "days", np.int64)
        order = np.argsort(codes)
        codes = codes[order]
        first = np.flatnonzero(np.diff(codes, prepend=-1))
        amounts = _joined(entries, "amounts", np.int64)[order]
        sums = np.add.reduceat(amounts, first) if len(amounts) else amounts
        return cls(keys, codes[first], np.concatenate([[0], np.cumsum(sums)]).astype(np.int64))

    def entries(self) -> Entries:
        """What it was built from, one entry per key and day."""
        slots = self.codes >> _DAY_BITS
        return Entries(self.keys[slots], self.codes & _DAY_MASK, np.diff(self.running))

    def total(self, keys: np.ndarray, days: np.ndarray, window: int | None) -> np.ndarray:
        """Sum over [day - window, day) per key, in the amounts' own unit; 0 where never seen."""
        slots, known = self._slots(keys)
        begin = np.zeros_like(days) if window is None else np.maximum(days - window, 0)
        total = self._between((slots << _DAY_BITS) | begin, (slots << _DAY_BITS) | days)
        return np.where(known, total, 0) / _UNIT

    def first_day(self, keys: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The first day (float) on which the key was seen before the day, NaN where it was not."""
        slots, known = self._slots(keys)
        return self._day_at(self._at(slots << _DAY_BITS), known, slots, days)

    def last_day(self, keys: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The last day (float) on which the key was seen before the day, NaN where it was not."""
        slots, known = self._slots(keys)
        return self._day_at(self._at((slots << _DAY_BITS) | days) - 1, known, slots, days)

    def _between(self, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """The sum of amounts from one code up to another. Many are looked up in order."""
        if len(ends) < _MANY:
            return self.running[self._at(ends)] - self.running[self._at(begins)]
        order = np.argsort(ends)  # begins have the same order: a window is as long for all
        sums = self.running[self._at(ends[order])] - self.running[self._at(begins[order])]
        found = np.empty_like(sums)
        found[order] = sums
        return found

    def _slots(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The position of each key, and whether it is there."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=bool)
        if len(keys) >= _MANY:
            distinct, ranks = _ranked(keys)
            slots, known = self._slots_of(distinct)
            return slots[ranks], known[ranks]
        return self._slots_of(keys)

    def _slots_of(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        slots = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return slots, self.keys[slots] == keys

    def _at(self, codes: np.ndarray) -> np.ndarray:
        return np.searchsorted(self.codes, codes)

    def _day_at(
        self, at: np.ndarray, known: np.ndarray, slots: np.ndarray, days: np.ndarray
    ) -> np.ndarray:
        if not len(self.codes):
            return np.full(len(days), np.nan)
        codes = self.codes[np.clip(at, 0, len(self.codes) - 1)]
        day = codes & _DAY_MASK
        seen = known & (at >= 0) & (codes >> _DAY_BITS == slots) & (day < days)
        return np.where(seen, day, np.nan)


def _ranked(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct keys in order, and for each key its place among them."""
    codes, distinct = pd.factorize(keys)  # hashing beats sorting where keys repeat
    order = np.argsort(distinct)
    places = np.empty(len(distinct), dtype=np.int64)
    places[order] = np.arange(len(distinct))
    return distinct[order], places[codes]


def _joined(entries: Sequence[Entries], part: str, dtype: type) -> np.ndarray:
    arrays = [getattr(batch, part) for batch in entries]
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=dtype)
