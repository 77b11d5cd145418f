"""Which keys came before, over any number of blocks of rows, in eight bytes a row."""

import numpy as np
import pandas as pd

from ..keys import composite


class Earlier:
    """Remembers the keys of rows that went by, as numbers; two of ten million collide by chance
    with probability 3e-6 (see `keys.hashed`).

    The numbers lie in sorted runs, each at most half as long as the one before it, so that adding
    a block costs little and asking looks into few runs.
    """

    def __init__(self) -> None:
        self._runs: list[np.ndarray] = []

    def counted(self, keys: pd.DataFrame) -> np.ndarray:
        """How many rows before each, in this block or an earlier one, have the same key.

        keys: columns without missing values, in the same types each time.
        """
        numbers = composite([_plain(keys[name]) for name in keys])
        order = np.argsort(numbers, kind="stable")
        ordered = numbers[order]
        found = np.empty(len(numbers), dtype=np.int64)
        # Among equals the order is that of the rows: the place after the first is the count.
        found[order] = np.arange(len(ordered)) - np.searchsorted(ordered, ordered)
        for run in self._runs:
            found += np.searchsorted(run, numbers, "right") - np.searchsorted(run, numbers)
        self._remember(ordered)
        return found

    def _remember(self, run: np.ndarray) -> None:
        while self._runs and len(self._runs[-1]) < 2 * len(run):
            run = np.concatenate([self._runs.pop(), run])
            run.sort(kind="stable")  # which merges two sorted stretches in one go
        self._runs.append(run)


def _plain(column: pd.Series) -> np.ndarray:
    """Text as objects, everything else as it is."""
    return column.to_numpy(dtype=object if column.dtype == "str" else None)
