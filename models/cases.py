"""Shipments that were inspected, as a model sees them: what a new one is most like."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numba import njit

_FILE = "cases.parquet"
_MOVED = "contributions"
_SAME = "declaration_id"
_KNOWN_ON = "known_on"


@dataclass(frozen=True)
class Cases:
    """Past shipments with their outcomes, in the order of the days on which these were known.

    shipments: columns of equal length, among them `declaration_id`, and `known_on` (datetime64[D]).
    moved: cases × signals, the contribution (log-odds, float32) of each signal to each risk.
    """

    shipments: Mapping[str, np.ndarray]
    moved: np.ndarray

    @classmethod
    def of(
        cls, shipments: Mapping[str, np.ndarray], moved: np.ndarray, hidden: Sequence[int]
    ) -> "Cases":
        """The same cases given in any order; hidden: the signals that must not count."""
        order = np.argsort(shipments[_KNOWN_ON], kind="stable")
        counted = moved[order].astype(np.float32)
        counted[:, hidden] = 0
        return cls({name: column[order] for name, column in shipments.items()}, counted)

    def like(
        self, added: np.ndarray, day: np.datetime64, but: str, most: int
    ) -> list[dict[str, Any]]:
        """The most similar cases whose outcome was known before a day, the nearest first.

        added: the contribution of each signal, 0 for those that do not count. but: the declaration
        asked for, which is no case of itself. Each is a dict of its columns, days as text, and
        `distance`: the root of the sum of squared differences between contributions, in log-odds.
        """
        known = int(np.searchsorted(self.shipments[_KNOWN_ON], day))
        # Quick and a little coarse: it finds who is near, and who is nearer is then worked out.
        near = _squared_distances(self.moved[:known], added.astype(np.float32))
        near[self.shipments[_SAME][:known] == but] = np.inf
        some = np.flatnonzero(near <= _smallest(near, 2 * most))
        distance = np.sqrt(((self.moved[some] - added) ** 2).sum(axis=1))
        order = np.argsort(distance, kind="stable")[:most]
        return [self._case(int(some[at]), float(distance[at])) for at in order]

    def _case(self, at: int, distance: float) -> dict[str, Any]:
        case = {name: _plain(column[at]) for name, column in self.shipments.items()}
        return {**case, "distance": distance}

    @cached_property
    def digest(self) -> str:
        """Tells these cases from others by their contents."""
        columns = [repr((name, list(column))) for name, column in self.shipments.items()]
        return hashlib.sha256("".join(columns).encode() + self.moved.tobytes()).hexdigest()

    def save(self, directory: Path) -> None:
        """Write `cases.parquet`."""
        width = self.moved.shape[1]
        moved = pa.FixedSizeListArray.from_arrays(pa.array(self.moved.ravel()), width)
        columns = {name: pa.array(column) for name, column in self.shipments.items()}
        pq.write_table(pa.table({**columns, _MOVED: moved}), directory / _FILE)

    @classmethod
    def load(cls, directory: Path, signals: int) -> "Cases | None":
        """What `save` wrote for so many signals, if anything; ValueError for what does not fit."""
        if not (directory / _FILE).is_file():
            return None
        table = pq.read_table(directory / _FILE)
        moved = table[_MOVED].combine_chunks()
        if moved.type.list_size != signals:
            raise ValueError(f"{_FILE} is of {moved.type.list_size} signals, not {signals}")
        names = [name for name in table.column_names if name != _MOVED]
        columns = {name: table[name].to_numpy() for name in names}
        return cls(columns, moved.flatten().to_numpy(zero_copy_only=False).reshape(-1, signals))


@njit(cache=True, nogil=True, fastmath=True)
def _squared_distances(moved, added):  # type: ignore[no-untyped-def]
    found = np.empty(len(moved), dtype=np.float32)
    for case in range(len(moved)):
        total = np.float32(0)
        for column in range(len(added)):
            apart = moved[case, column] - added[column]
            total += apart * apart
        found[case] = total
    return found


def _smallest(numbers: np.ndarray, count: int) -> float:
    """The largest of so many smallest numbers that are finite."""
    few = numbers if len(numbers) <= count else np.partition(numbers, count)[:count]
    finite = few[few < np.inf]
    return float(finite.max()) if len(finite) else -np.inf


def _plain(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return str(value)
    return value.item() if isinstance(value, np.generic) else value
