"""A history as a table of Parquet files, for any engine: totals of days, by batch and key range.

    totals.json              what counts: what it does not name was cut off while it was written
    beside-…/                register, statistics, list and contacts, as in a saved history
    days/batch=…/range=…/    rows of DayTotals: what a batch of records added

A batch is appended beside the others, and nothing that was there is read or written again.
"""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow.parquet as pq

from ..block import Node
from .day_totals import DayTotals, Ledgers, first_keys, widths_of
from .history import History
from .rows import as_rows, as_table
from .shelf import Shelf
from .store import HistoryError, load_saved, save_history

_FORMAT = 1
_INDEX = "totals.json"
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")


@dataclass(frozen=True)
class TotalsTable:
    """A table as it stood when it was opened.

    ranges: into so many are keys divided. beside: directory of all that is no total. batches: those
    that count. names: under which batches were appended, also of those that are joined since.
    """

    directory: Path
    ranges: int
    beside: str
    batches: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def at(cls, directory: Path) -> "TotalsTable":
        """The table in a directory; HistoryError where there is none."""
        try:
            index = json.loads((directory / _INDEX).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise HistoryError(f"{directory} holds no readable table of totals: {error}") from error
        if index.pop("format", None) != _FORMAT:
            raise HistoryError(f"{directory} was written in another format; build it again")
        batches, names = tuple(index["batches"]), tuple(index["names"])
        return cls(directory, index["ranges"], index["beside"], batches, names)

    @staticmethod
    def is_at(directory: Path) -> bool:
        """Whether a directory holds a table."""
        return (directory / _INDEX).is_file()

    @classmethod
    def empty(cls, directory: Path, ranges: int) -> "TotalsTable":
        """A table that is not on disk yet. ranges: a power of two, at least 2."""
        return cls(directory, ranges, "", (), ())

    def history(self, nodes: Mapping[str, Node]) -> History:
        """All that is no total; HistoryError where the table does not fit the given nodes."""
        return load_saved(self.directory / self.beside, nodes) if self.beside else History(nodes)

    def shelf(self, place: int, ledgers: Ledgers) -> Shelf:
        """The totals of one range of keys."""
        files = [
            file
            for batch in self.batches
            for file in sorted((self.batch(batch) / f"range={place}").glob("*.parquet"))
        ]
        rows = DayTotals.joined([as_rows(pq.ParquetFile(x).read()) for x in files])
        if gone := [batch for batch in self.batches if not self.batch(batch).is_dir()]:
            raise HistoryError(f"{self.directory}: {gone[0]} was joined to others; open it again")
        return rows.shelf(ledgers)

    def batch(self, name: str) -> Path:
        """Where a batch is, or is to be."""
        return self.directory / "days" / f"batch={name}"

    def require_new(self, name: str) -> None:
        """HistoryError where a batch cannot be appended under a name."""
        if not _NAME.fullmatch(name):
            raise HistoryError(f"{name!r} names no batch: give letters, digits, '-', '_' and '.'")
        if name in self.names:
            raise HistoryError(
                f"{self.directory} has a batch {name!r} already, and what is given twice counts "
                "twice; give other records, or another name if these are others"
            )

    def appended(self, name: str, beside: History, write: Callable[[Path], None]) -> "TotalsTable":
        """This table and a further batch, which `write` puts into a directory, range by range.

        beside: what is no total, of this table and the batch. A table counts the batch, whole, or
        does not: what was cut off is written again under the same name.
        """
        self.require_new(name)
        shutil.rmtree(self.batch(name), ignore_errors=True)
        write(self.batch(name))
        fresh = f"beside-{uuid4().hex[:12]}"
        save_history(replace(beside, shelves=()), self.directory / fresh)
        self._require_unchanged()
        batches, names = (*self.batches, name), (*self.names, name)
        further = replace(self, beside=fresh, batches=batches, names=names)
        further._write_index()
        if self.beside:
            shutil.rmtree(self.directory / self.beside)
        return further

    def joined(self, write: Callable[[Path], None]) -> "TotalsTable":
        """The same totals in one batch, which `write` puts into a directory; the others go.

        Whoever opened the table before must open it again.
        """
        name = f"joined-{uuid4().hex[:12]}"
        write(self.batch(name))
        self._require_unchanged()
        further = replace(self, batches=(name,))
        further._write_index()
        for batch in self.batches:  # in one step, so that nobody reads a part of it
            left = self.batch(batch).rename(self.directory / "days" / f"left-{uuid4().hex[:12]}")
            shutil.rmtree(left)
        return further

    def _require_unchanged(self) -> None:
        """HistoryError where another batch was appended meanwhile: it would count no longer."""
        is_there = self.is_at(self.directory)
        if (TotalsTable.at(self.directory) if is_there else replace(self, beside="")) != self:
            raise HistoryError(
                f"{self.directory} was appended to by another run meanwhile; append this again"
            )

    def _write_index(self) -> None:
        index = {"format": _FORMAT, **asdict(self)}
        del index["directory"]
        unfinished = self.directory / f"{_INDEX}.unfinished"
        unfinished.write_text(json.dumps(index, indent=1), encoding="utf-8")
        unfinished.replace(self.directory / _INDEX)


def load_history(directory: Path, nodes: Mapping[str, Node]) -> History:
    """A saved history, mapped into memory, or the same made of a table of totals.

    HistoryError where it does not fit the given nodes.
    """
    if not TotalsTable.is_at(directory):
        return load_saved(directory, nodes)
    table = TotalsTable.at(directory)
    history = table.history(nodes)
    ledgers = history.ledgers
    ranges = History(
        nodes, tuple(table.shelf(place, ledgers) for place in range(table.ranges))
    ).compacted()
    return replace(history, shelves=ranges.shelves)


def save_as_table(history: History, directory: Path, ranges: int, name: str = "first") -> None:
    """Write a history as a table of one batch. ranges: a power of two, at least 2."""
    if TotalsTable.is_at(directory):
        raise HistoryError(f"{directory} is a table of totals already; write elsewhere")
    widths, one_shelf = widths_of(history.ledgers), history.compacted()
    ledgers = [ledger for _, ledger in one_shelf.merged()]

    def write(into: Path) -> None:
        edges = first_keys(ranges)
        bounds = [np.append(np.searchsorted(x.keys, edges), len(x.keys)) for x in ledgers]
        for place in range(ranges):
            rows = DayTotals.of(
                (at, ledger.between(low, high))
                for at, ledger in enumerate(ledgers)
                for low, high in [bounds[at][place : place + 2].tolist()]
            )
            (into / f"range={place}").mkdir(parents=True)
            pq.write_table(as_table(rows, widths), into / f"range={place}" / "part.parquet")

    TotalsTable.empty(directory, ranges).appended(name, history, write)
