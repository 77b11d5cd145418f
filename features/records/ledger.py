"""Where every row came from, and what became of those that were rejected."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from .cells import is_missing, shown
from .reading import Source, read_table
from .schema import Table
from .validation import FAULT_COLUMNS, SchemaError, validated

REJECTED_COLUMNS = ("table", "source", *FAULT_COLUMNS)

# A table, a source and the label of a row in it.
Place = tuple[str, str, Any]

# Python refuses to write longer whole numbers than about this.
_LONGEST_WHOLE_BITS = 10_000


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

    def place(self, number: int) -> tuple[str, Any]:
        """The source of a row of the frame, and the row's label there."""
        at = int(np.searchsorted(self._ends, number))
        labels = self._labels[at]
        return self.names[at], labels[number - 1 - int(self._ends[at]) + len(labels)]


class Ledger:
    """Accepts frames table by table and keeps what they had to leave out."""

    def __init__(self, today: date | None) -> None:
        self._today = today
        self._faults: list[pd.DataFrame] = []
        self.originals: dict[Place, dict[str, Any]] = {}

    def accepted(self, table: Table, files: Files, frame: pd.DataFrame) -> pd.DataFrame:
        """The good rows, typed; the faults and the original cells of the others are noted."""
        try:
            found = validated(frame, table, self._today)
        except SchemaError as error:
            raise SchemaError(f"{', '.join(files.names)}: {error}") from None
        numbers = found.rejected["row"].unique()
        places = {number: files.place(number) for number in numbers}
        cells = files.frame.loc[numbers].to_dict("records")
        for (source, row), record in zip(places.values(), cells, strict=True):
            self.originals[table.name, source, row] = plain(record)
        where = [places[number] for number in found.rejected["row"]]
        sources, rows = [source for source, _ in where], [row for _, row in where]
        self._note(found.rejected, table.name, sources, rows)
        return found.accepted

    def keep_unread(self, files: Files) -> None:
        """Note the lines of files that are no record."""
        for name, raw in zip(files.names, files.raws, strict=True):
            self._note(raw.faults, files.table, name, list(raw.faults["row"]))
            for row, line in raw.lines.items():
                self.originals[files.table, name, row] = {"line": line}

    def rejected(self) -> pd.DataFrame:
        """Every fault noted so far, in the order of table, source and row."""
        return pd.concat(self._faults, ignore_index=True)

    def _note(self, faults: pd.DataFrame, table: str, source: Any, row: Any) -> None:
        placed = faults.assign(table=table, source=source, row=row)
        self._faults.append(placed[list(REJECTED_COLUMNS)].astype(object))


def plain(value: Any) -> Any:
    """A cell as JSON can hold it."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(one) for one in value]
    if is_missing(value):
        return None
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, int) and value.bit_length() < _LONGEST_WHOLE_BITS:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return str(value) if isinstance(value, (date, pd.Timestamp)) else shown(value)


def _name(source: Source) -> str:
    return "DataFrame" if isinstance(source, pd.DataFrame) else str(source)
