"""Where every row came from, and what became of those that were rejected."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from .cells import is_missing, shown
from .earlier import Earlier
from .numbered import Numbered
from .schema import Table
from .validation import FAULT_COLUMNS, fault_table, validated

REJECTED_COLUMNS = ("table", "source", *FAULT_COLUMNS)

# Python refuses to write longer whole numbers than about this.
_LONGEST_WHOLE_BITS = 10_000

_PART = 10_000


@dataclass(frozen=True)
class Rejection:
    """What was left out of a block of a table: every fault, and each record as it was given.

    places: of each fault, what its record is told apart by and sorted, within the block.
    """

    faults: pd.DataFrame
    places: list[int]
    originals: pd.DataFrame

    def lines(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The place of each record and an entry with its faults and its cells, for JSON."""
        rows = zip(self.places, self.faults.itertuples(index=False), strict=True)
        records = groupby(rows, key=itemgetter(0))
        for (place, faulty), cells in zip(records, self._cells(), strict=True):
            yield place, _line([fault for _, fault in faulty], cells)

    def _cells(self) -> Iterator[dict[Any, Any]]:
        # In parts: a column that is wrong throughout rejects every row of a large file.
        for start in range(0, len(self.originals), _PART):
            yield from self.originals.iloc[start : start + _PART].to_dict("records")


def faults_of(rejections: Sequence[Rejection]) -> pd.DataFrame:
    """Every fault of one block, in the order of its rows."""
    faults = pd.concat([one.faults for one in rejections], ignore_index=True)
    places = np.array([place for one in rejections for place in one.places], dtype=np.int64)
    return faults.iloc[np.argsort(places, kind="stable")]


class Intake:
    """Accepts a table block by block, and tells what it had to leave out."""

    def __init__(self, table: Table, today: date) -> None:
        self._table, self._today = table, today
        self._earlier = Earlier()

    def accepted(self, block: Numbered, frame: pd.DataFrame) -> tuple[pd.DataFrame, Rejection]:
        """The good rows of a block, typed; the faults and original cells of the others.

        frame: rows of the block, by their numbers, in the columns of the table.
        """
        found = validated(frame, self._table, self._today, self._earlier)
        numbers = found.rejected["row"].to_list()
        faults = found.rejected.assign(row=block.labels_of(numbers))
        originals = block.frame.loc[list(dict.fromkeys(numbers))]
        return found.accepted, self._of(block, faults, block.places_of(numbers), originals)

    def unread(self, block: Numbered) -> Rejection:
        """The lines of a block that are no record."""
        faults = fault_table([one.fault for one in block.unread])
        lines = pd.DataFrame({"line": [one.line for one in block.unread]}, dtype=object)
        return self._of(block, faults, [one.row for one in block.unread], lines)

    def _of(
        self, block: Numbered, faults: pd.DataFrame, places: list[int], originals: pd.DataFrame
    ) -> Rejection:
        placed = faults.assign(table=self._table.name, source=block.source)
        return Rejection(placed[list(REJECTED_COLUMNS)].astype(object), places, originals)


def _line(faults: list[Any], cells: dict[Any, Any]) -> dict[str, Any]:
    first = faults[0]
    return {
        "table": first.table,
        "source": first.source,
        "row": plain(first.row),
        "faults": [
            {"column": one.column, "value": one.value, "expected": one.expected} for one in faults
        ],
        "record": plain(cells),
    }


def plain(value: Any) -> Any:
    """A cell as JSON can hold it."""
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(one) for one in value]
    if is_missing(value):
        return None
    if isinstance(value, int) and value.bit_length() < _LONGEST_WHOLE_BITS:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return str(value) if isinstance(value, (date, pd.Timestamp)) else shown(value)
