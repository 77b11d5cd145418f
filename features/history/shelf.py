"""A shelf: all ledgers of one part of the past, end to end in four arrays."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any

import numpy as np

from .ledger import Ledger

# The names of the arrays, also of their files, and what they are made of.
ARRAYS = {"keys": np.uint64, "starts": np.int64, "codes": np.int32, "running": np.int64}

# Bytes of an array: up to so many stay in memory.
_IN_MEMORY = 1 << 26


@dataclass(frozen=True)
class Shelf:
    """Ledgers by what tells them apart, in order. Nothing writes to the arrays: they may be files.

    bounds: int64, ledgers × 6: where each one's keys begin and end, where its starts, codes and
    running totals begin, and how many columns the totals have.
    """

    places: Mapping[Any, int]
    bounds: np.ndarray
    arrays: tuple[np.ndarray, ...]

    @classmethod
    def of(cls, ledgers: Mapping[Any, Ledger]) -> "Shelf":
        """Ledgers side by side."""
        room = np.sum([sizes(ledger)[:-1] for ledger in ledgers.values()], axis=0)
        return cls.filled(ledgers.items(), room if ledgers else [0] * len(ARRAYS))

    @classmethod
    def filled(cls, ledgers: Iterable[tuple[Any, Ledger]], room: Iterable[int]) -> "Shelf":
        """Ledgers put side by side one after the other, in arrays with room for at least them."""
        arrays = [_room(n, kind) for n, kind in zip(room, ARRAYS.values(), strict=True)]
        taken, ends = {}, [0] * len(arrays)
        for key, ledger in ledgers:
            taken[key] = sizes(ledger)
            for at, name in enumerate(ARRAYS):
                begin, ends[at] = ends[at], ends[at] + taken[key][at]
                arrays[at][begin : ends[at]] = getattr(ledger, name).ravel()
        return cls.over(taken, [array[:end] for array, end in zip(arrays, ends, strict=True)])

    @classmethod
    def over(cls, ledgers: Mapping[Any, Sequence[int]], arrays: Iterable[np.ndarray]) -> "Shelf":
        """A shelf over arrays in which each ledger has these `sizes`."""
        taken = np.array(list(ledgers.values()), dtype=np.int64).reshape(-1, len(ARRAYS) + 1)
        ends = np.cumsum(taken[:, :-1], axis=0)
        begins = ends - taken[:, :-1]
        bounds = np.column_stack([begins[:, 0], ends[:, 0], begins[:, 1:], taken[:, -1]])
        read_only = tuple(np.asarray(array).view() for array in arrays)
        for array in read_only:
            array.flags.writeable = False
        return cls({key: place for place, key in enumerate(ledgers)}, bounds, read_only)

    def ordered(self, keys: Iterable[Any]) -> "Shelf":
        """The same ledgers, or some of them, in another order."""
        taken = list(keys)
        bounds = self.bounds[[self.places[key] for key in taken]]
        return Shelf({key: place for place, key in enumerate(taken)}, bounds, self.arrays)

    def room(self) -> np.ndarray:
        """How many places its ledgers take of each array."""
        return np.array([array.size for array in self.arrays])

    def ledger(self, key: Any) -> Ledger:
        """One ledger, without copying it."""
        keys, starts, codes, running = self.arrays
        first, end, start, code, sums, columns = self.bounds[self.places[key]].tolist()
        starts = starts[start : start + end - first + 1]
        entries = int(starts[-1])
        running = running[sums : sums + (entries + 1) * columns].reshape(-1, columns)
        return Ledger(keys[first:end], starts, codes[code : code + entries], running)


def _room(places: int, kind: type) -> np.ndarray:
    """An array to be filled; a large one in a file without a name, so that memory can let it go."""
    size = int(places) * np.dtype(kind).itemsize
    if size <= _IN_MEMORY:
        return np.empty(places, kind)
    with TemporaryFile() as file:
        if hasattr(os, "posix_fallocate"):  # a disk that is full is told now, not by a crash later
            os.posix_fallocate(file.fileno(), 0, size)
        return np.memmap(file, kind, "r+", shape=(int(places),))


def sizes(ledger: Ledger) -> tuple[int, ...]:
    """How many places a ledger takes of each array, and its columns."""
    return (*(getattr(ledger, name).size for name in ARRAYS), ledger.running.shape[1])
