"""Step functions of time, one per key: what holds strictly before a day."""

from dataclasses import dataclass

import numpy as np
from numba import njit

# As in the ledger.
_DAY_BITS = np.int64(20)
_DAY_MASK = np.int64((1 << 20) - 1)


@dataclass(frozen=True)
class Timeline:
    """From the day after each step on, its key has its value; before its first step, none.

    keys: uint64, sorted, distinct. codes: place of the key << 20 | day, sorted. values: int64.
    """

    keys: np.ndarray
    codes: np.ndarray
    values: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, days: np.ndarray, values: np.ndarray) -> "Timeline":
        """Timeline in any order; of several of one key and day the highest value counts."""
        distinct, places = np.unique(keys.astype(np.uint64), return_inverse=True)
        codes = (places.astype(np.int64) << _DAY_BITS) | np.maximum(days.astype(np.int64), 0)
        order = np.lexsort((values, codes))
        codes = codes[order]
        last = np.append(np.diff(codes) != 0, True)[: len(codes)]
        return cls(distinct, codes[last], values.astype(np.int64)[order][last])

    def before(self, keys: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The value of each key strictly before each day, -1 where there is none."""
        return np.asarray(_before(self.keys, self.codes, self.values, keys, days))

    def first(self, keys: np.ndarray) -> np.ndarray:
        """The value of the first step of each key, -1 where it has none."""
        places = self._places(keys)
        at = np.searchsorted(self.codes, places << _DAY_BITS)
        return self._values(at, places, at < len(self.codes))

    def first_day(self, keys: np.ndarray) -> np.ndarray:
        """The day of the first step of each key, -1 where it has none."""
        days = Timeline(self.keys, self.codes, self.codes & _DAY_MASK)
        return days.first(keys)

    def _places(self, keys: np.ndarray) -> np.ndarray:
        """The place of each key; one past the last for a key without a step."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, places, len(self.keys))

    def _values(self, at: np.ndarray, places: np.ndarray, inside: np.ndarray) -> np.ndarray:
        if not len(self.codes):
            return np.full(len(at), -1, dtype=np.int64)
        at = np.where(inside, at, 0)
        return np.where(inside & (self.codes[at] >> _DAY_BITS == places), self.values[at], -1)


@njit(cache=True, nogil=True)
def _before(keys, codes, values, of, days):  # type: ignore[no-untyped-def]
    found = np.full(len(of), -1)
    for row in range(len(of)):
        place = np.searchsorted(keys, of[row])
        if place < len(keys) and keys[place] == of[row]:
            at = np.searchsorted(codes, (place << _DAY_BITS) | days[row]) - 1
            if at >= 0 and codes[at] >> _DAY_BITS == place:
                found[row] = values[at]
    return found
