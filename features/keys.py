"""Keys as 64-bit numbers: the same on every machine and in every process."""

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numba import njit

from .values import Day, missing

_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)

_BITS, _NUMBER, _MASK = struct.Struct("=Q"), struct.Struct("=d"), (1 << 64) - 1

# Up to so many records the fields of all are hashed in one call: the call costs more than they.
FEW = 100


def hashed(array: np.ndarray) -> np.ndarray:
    """One uint64 per value. Two of ten million keys collide with probability 3e-6."""
    return pd.util.hash_array(array, categorize=len(array) > 1000)


def parts_of_few(arrays: Sequence[np.ndarray], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Columns of few records, hashed and where they are missing: columns × records."""
    parts = np.empty((len(arrays), rows), dtype=np.uint64)
    absent = np.empty((len(arrays), rows), dtype=bool)
    kinds = [array.dtype for array in arrays]
    for kind in dict.fromkeys(kinds):
        alike = [at for at, other in enumerate(kinds) if other == kind]
        together = np.array([arrays[at] for at in alike], dtype=kind)
        parts[alike] = hashed(together.ravel()).reshape(together.shape)
        absent[alike] = missing(together)
    return parts, absent


def parts_of_one(values: Sequence[Any]) -> tuple[list[int], list[bool]]:
    """The same of one record's values."""
    texts = [value for value in values if isinstance(value, str)]
    of_texts = iter(hashed(np.array(texts, dtype=object)).tolist())
    parts = [
        next(of_texts) if isinstance(value, str) else 0 if value is None else _of_number(value)
        for value in values
    ]
    return parts, [value is None or value != value for value in values]


def _of_number(number: float) -> int:
    """What `hashed` makes of a number or day: its bits, mixed as by splitmix64."""
    if number != number:
        return 0
    mixed = int(number) if isinstance(number, Day) else _BITS.unpack(_NUMBER.pack(number))[0]
    mixed &= _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return mixed ^ (mixed >> 31)


def composite(arrays: Sequence[np.ndarray]) -> np.ndarray:
    """One key per record, made of all these columns."""
    parts = np.array([hashed(array) for array in arrays])
    absent = np.array([missing(array) for array in arrays])
    keys, _ = composites(parts, absent, np.arange(len(parts))[None, :])
    return np.asarray(keys[0])


@njit(cache=True, nogil=True)
def composites(parts, absent, by):  # type: ignore[no-untyped-def]
    """The keys of records made of several parts, and whether no part is missing.

    parts: uint64, fields × records. absent: bool, the same. by: int64, keys × most fields of a
    key, -1 where there are fewer. Returns uint64 and bool, keys × records.
    """
    rows = parts.shape[1]
    keys = np.empty((len(by), rows), dtype=np.uint64)
    whole = np.empty((len(by), rows), dtype=np.bool_)
    for at in range(len(by)):
        for row in range(rows):
            key, complete = _ODD, True
            for part in by[at]:
                if part < 0:
                    break
                product = (key ^ parts[part, row]) * _ODD
                key = product ^ (product >> _SHIFT)
                complete = complete and not absent[part, row]
            keys[at, row] = key
            whole[at, row] = complete
    return keys, whole
