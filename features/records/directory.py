"""A directory of records: which file holds which table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .lines import ReadError
from .reading import Source
from .schema import (
    DECLARATIONS,
    INSPECTIONS,
    LISTED_PARTIES,
    TRADE_STATISTICS,
    TRADERS,
    Table,
)

FILE_ENDINGS = (".parquet", ".csv", ".csv.gz", ".jsonl", ".ndjson")

# The tables beside declarations, in the order in which they are read.
FURTHER = (INSPECTIONS, TRADERS, TRADE_STATISTICS, LISTED_PARTIES)


def tables_in(folder: Path) -> dict[str, list[Source]]:
    """The file of each table; ReadError where there is none of declarations."""
    found = files_of(folder, (DECLARATIONS, *FURTHER))
    if "declarations" not in found:
        endings = ", ".join(FILE_ENDINGS)
        raise ReadError(f"{folder}: there is no file declarations with one of {endings}")
    return found


def files_of(folder: Path, tables: Sequence[Table]) -> dict[str, list[Source]]:
    """The file of each of these tables that has one; ReadError where one has several."""
    found = {table.name: _file(folder, table) for table in tables}
    return {name: [path] for name, path in found.items() if path}


def _file(folder: Path, table: Table) -> Path | None:
    files = [folder / f"{table.name}{ending}" for ending in FILE_ENDINGS]
    present = [file for file in files if file.is_file()]
    if len(present) > 1:
        names = " and ".join(file.name for file in present)
        raise ReadError(f"{folder}: holds {names}; keep one of them")
    return present[0] if present else None
