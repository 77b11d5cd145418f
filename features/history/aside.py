"""Ledgers of finished blocks, put aside until all are merged: in a file, once they are many."""

from collections.abc import Hashable
from tempfile import SpooledTemporaryFile
from types import TracebackType

import numpy as np

from .ledger import Ledger
from .shelf import ARRAYS

# Up to so many bytes stay in memory.
_IN_MEMORY = 1 << 26


class Aside:
    """What was put aside can be taken once, in any order of keys."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 — closed on exit
        self._places: dict[Hashable, list[tuple[int, tuple[int, ...], int]]] = {}

    def __enter__(self) -> "Aside":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def put(self, key: Hashable, ledger: Ledger) -> None:
        """Put a ledger aside under its key, after those that were before."""
        arrays = [getattr(ledger, name) for name in ARRAYS]
        lengths = tuple(array.size for array in arrays)
        place = self._file.tell(), lengths, ledger.running.shape[1]
        self._places.setdefault(key, []).append(place)
        for array in arrays:
            self._file.write(array.tobytes())

    def take(self, key: Hashable) -> list[Ledger]:
        """The ledgers of a key, as they were put."""
        return [self._read(*place) for place in self._places.pop(key, [])]

    def sizes(self) -> np.ndarray:
        """How many places all that is here takes of each array of a shelf."""
        lengths = [place[1] for places in self._places.values() for place in places]
        return np.sum([(0,) * len(ARRAYS), *lengths], axis=0)

    def _read(self, start: int, lengths: tuple[int, ...], columns: int) -> Ledger:
        self._file.seek(start)
        keys, starts, codes, running = (
            np.frombuffer(self._file.read(length * np.dtype(kind).itemsize), kind)
            for length, kind in zip(lengths, ARRAYS.values(), strict=True)
        )
        return Ledger(keys, starts, codes, running.reshape(-1, columns))
