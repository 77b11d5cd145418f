"""Keys as 64-bit numbers: the same on every machine and in every process."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .columns import missing

_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def hashed(array: np.ndarray) -> np.ndarray:
    """One uint64 per value. Two of ten million keys collide with probability 3e-6."""
    return pd.util.hash_array(array, categorize=len(array) > 1000)


def mixed(key: np.ndarray, part: np.ndarray) -> np.ndarray:
    """A key extended by a further part; the order of parts matters."""
    product = (key ^ part) * _ODD
    return product ^ (product >> _SHIFT)


def composite(parts: Sequence[np.ndarray], rows: int) -> np.ndarray:
    """The key made of several hashed columns; no parts give everything the same key."""
    key = np.full(rows, _ODD)
    for part in parts:
        key = mixed(key, part)
    return key


def complete(arrays: Sequence[np.ndarray], rows: int) -> np.ndarray:
    """True where no part of the key is missing."""
    whole = np.ones(rows, dtype=bool)
    for array in arrays:
        whole &= ~missing(array)
    return whole
