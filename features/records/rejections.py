"""Where every row came from, and what became of those that were rejected."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from .cells import is_missing, shown
from .reading import Source, read_table
from .schema import Table
from .validation import FAULT_COLUMNS, SchemaError, validated

REJECTED_COLUMNS = ("table", "source", *FAULT_COLUMNS)

# Python refuses to write longer whole numbers than about this.
_LONGEST_WHOLE_BITS = 10_000

_PART = 10_000


class Files:
    """Files of one layout as one frame, numbered from 1 throughout, and where each row stood."""

    def __init__(self, table: str, sources: list[Source], encoding: str) -> None:
        self.table = table
        self.names = [_name(source) for source in sources]
        self.raws = [read_table(source, encoding) for source in sources]
        frames = [raw.frame for raw in self.raws]
        self._ends = np.cumsum([len(frame) for frame in frames])
        self._labels = [frame.index for frame in frames]
        whole = pd.concat(frames, ignore_index=True) if frames[1:] else frames[0]
        self.frame = whole.set_axis(pd.RangeIndex(1, len(whole) + 1))

    def places(self, numbers: list[int]) -> tuple[list[str], list[Any]]:
        """The sources of rows of the frame, and their labels there."""
        files = np.searchsorted(self._ends, numbers).tolist()
        before = [0, *self._ends.tolist()]
        pairs = list(zip(files, numbers, strict=True))
        labels = [self._labels[at][number - 1 - before[at]] for at, number in pairs]
        return [self.names[at] for at in files], labels


@dataclass(frozen=True)
class Rejection:
    """What one reading of a table left out: every fault, and each record as it was given."""

    faults: pd.DataFrame
    numbers: list[int]
    originals: pd.DataFrame

    def lines(self) -> Iterator[dict[str, Any]]:
        """One entry for each record, with its faults and its cells, as JSON can hold it."""
        rows = zip(self.numbers, self.faults.itertuples(index=False), strict=True)
        records = groupby(rows, key=itemgetter(0))
        for (_, faulty), cells in zip(records, self._cells(), strict=True):
            yield _line([fault for _, fault in faulty], cells)

    def _cells(self) -> Iterator[dict[Any, Any]]:
        # In parts: a column that is wrong throughout rejects every row of a large file.
        for start in range(0, len(self.originals), _PART):
            yield from self.originals.iloc[start : start + _PART].to_dict("records")


class Intake:
    """Accepts frames table by table and keeps what they had to leave out."""

    def __init__(self, today: date | None) -> None:
        self._today = today
        self.rejections: list[Rejection] = []

    def accepted(self, table: Table, files: Files, frame: pd.DataFrame) -> pd.DataFrame:
        """The good rows, typed; the faults and the original cells of the others are noted."""
        try:
            found = validated(frame, table, self._today)
        except SchemaError as error:
            raise SchemaError(f"{', '.join(files.names)}: {error}") from None
        numbers = found.rejected["row"].to_list()
        faults = found.rejected.assign(table=table.name)
        faults["source"], faults["row"] = files.places(numbers)
        self._note(faults, numbers, files.frame.loc[list(dict.fromkeys(numbers))])
        return found.accepted

    def keep_unread(self, files: Files) -> None:
        """Note the lines of files that are no record."""
        for name, raw in zip(files.names, files.raws, strict=True):
            faults = raw.faults.assign(table=files.table, source=name)
            lines = pd.DataFrame({"line": list(raw.lines.values())}, dtype=object)
            self._note(faults, list(raw.lines), lines)

    def rejected(self) -> pd.DataFrame:
        """Every fault noted so far, table by table."""
        return pd.concat([one.faults for one in self.rejections], ignore_index=True)

    def _note(self, faults: pd.DataFrame, numbers: list[int], originals: pd.DataFrame) -> None:
        placed = faults[list(REJECTED_COLUMNS)].astype(object)
        self.rejections.append(Rejection(placed, numbers, originals))


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


def _name(source: Source) -> str:
    return "DataFrame" if isinstance(source, pd.DataFrame) else str(source)
