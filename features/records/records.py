"""Records from files to typed tables, with every rejected row told beside its faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .earlier import Earlier
from .in_order import in_order
from .lines import ReadError
from .listed import as_listed
from .mapping import Mapped, Mapping
from .numbered import name_of, numbered
from .reading import Source
from .rejected import Rejected
from .rejections import Intake, Rejection, faults_of
from .schema import (
    DECLARATIONS,
    INSPECTIONS,
    LISTED_PARTIES,
    TRADE_STATISTICS,
    TRADERS,
    Table,
)
from .validation import SchemaError

FILE_ENDINGS = (".parquet", ".csv", ".csv.gz", ".jsonl", ".ndjson")

# The tables beside declarations, in the order in which they are read.
_FURTHER = (INSPECTIONS, TRADERS, TRADE_STATISTICS, LISTED_PARTIES)


_BY_DAY = ["declared_on", *DECLARATIONS.key]


@dataclass(frozen=True)
class Records:
    """Typed tables, one row per fault of what was rejected, and how many records were.

    rejected_rows: by table, however many faults a record has.
    """

    declarations: pd.DataFrame
    traders: pd.DataFrame | None
    inspections: pd.DataFrame | None
    rejected: pd.DataFrame
    rejected_rows: dict[str, int]
    trade_statistics: pd.DataFrame | None = None
    listed_parties: pd.DataFrame | None = None

    def by_day(self) -> Records:
        """The same with declarations in order of day and key; not copied where they are already."""
        return replace(self, declarations=in_order(self.declarations, _BY_DAY))


class Found(NamedTuple):
    """Of a block of rows: the good ones, typed, by table, and what was left out."""

    accepted: dict[str, pd.DataFrame]
    rejections: list[Rejection]


def read_records(
    sources: Source | Sequence[Source],
    mapping: Mapping | None = None,
    encoding: str = "utf-8",
    today: date | None = None,
    listed: Source | None = None,
    rejected: Rejected | None = None,
) -> Records:
    """The records of files of one layout, or of a directory that holds declarations.* and more.

    listed: a list of parties, in our columns or as OpenSanctions hands it out; it takes the place
    of the directory's own. rejected: takes the rejected records as they were given.
    """
    rejected = rejected or Rejected()
    tables: defaultdict[str, list[pd.DataFrame]] = defaultdict(list)
    faults: list[pd.DataFrame] = []
    for found in records_in_blocks(sources, mapping, encoding, today, listed):
        rejected.add(found.rejections)
        faults.append(faults_of(found.rejections))
        for name, accepted in found.accepted.items():
            tables[name].append(accepted)
    whole = {name: pd.concat(tables.pop(name)) for name in list(tables)}
    return Records(
        whole["declarations"],
        whole.get("traders"),
        whole.get("inspections"),
        pd.concat(faults, ignore_index=True),
        dict(rejected.rows),
        whole.get("trade_statistics"),
        whole.get("listed_parties"),
    )


def records_in_blocks(
    sources: Source | Sequence[Source],
    mapping: Mapping | None = None,
    encoding: str = "utf-8",
    today: date | None = None,
    listed: Source | None = None,
) -> Iterator[Found]:
    """The same table by table, some rows at a time; of each table that is there at least one block.

    Declarations come first, with the inspections that the mapping's label tells. Of all rows that
    went by, only their keys are remembered.
    """
    if isinstance(sources, (str, PathLike)) and Path(sources).is_dir():
        named = _in_directory(Path(sources))
    elif isinstance(sources, (str, PathLike, pd.DataFrame)):
        named = {"declarations": [sources]}
    else:
        named = {"declarations": list(sources)}
    if not named["declarations"]:
        raise ReadError("no file of declarations was named")
    if listed is not None:
        named["listed_parties"] = [listed]
    return _tables(named, mapping, encoding, today or date.today())


def read_beside(
    folder: Path | None,
    encoding: str = "utf-8",
    today: date | None = None,
    listed: Source | None = None,
    rejected: Rejected | None = None,
) -> dict[str, pd.DataFrame]:
    """The tables of a directory beside its declarations, by name; see `read_records`."""
    named = {} if folder is None else _named(folder, _FURTHER)
    if listed is not None:
        named["listed_parties"] = [listed]
    rejected = rejected or Rejected()
    tables: defaultdict[str, list[pd.DataFrame]] = defaultdict(list)
    for found in _beside(named, encoding, today or date.today()):
        rejected.add(found.rejections)
        for name, accepted in found.accepted.items():
            tables[name].append(accepted)
    return {name: pd.concat(parts) for name, parts in tables.items()}


def _in_directory(folder: Path) -> dict[str, list[Source]]:
    found = _named(folder, (DECLARATIONS, *_FURTHER))
    if "declarations" not in found:
        endings = ", ".join(FILE_ENDINGS)
        raise ReadError(f"{folder}: there is no file declarations with one of {endings}")
    return found


def _named(folder: Path, tables: Sequence[Table]) -> dict[str, list[Source]]:
    found = {table.name: _file(folder, table) for table in tables}
    return {name: [path] for name, path in found.items() if path}


def _file(folder: Path, table: Table) -> Path | None:
    files = [folder / f"{table.name}{ending}" for ending in FILE_ENDINGS]
    present = [file for file in files if file.is_file()]
    if len(present) > 1:
        names = " and ".join(file.name for file in present)
        raise ReadError(f"{folder}: holds {names}; keep one of them")
    return present[0] if present else None


def _tables(
    named: dict[str, list[Source]], mapping: Mapping | None, encoding: str, today: date
) -> Iterator[Found]:
    with _naming(named["declarations"]):
        yield from _declared(named["declarations"], mapping, encoding, today)
    if mapping is not None and mapping.label is not None:
        named = {name: of for name, of in named.items() if name != INSPECTIONS.name}
    yield from _beside(named, encoding, today)


def _beside(named: dict[str, list[Source]], encoding: str, today: date) -> Iterator[Found]:
    for table in _FURTHER:
        if table.name in named:
            with _naming(named[table.name]):
                yield from _further(table, named[table.name], encoding, today)


@contextmanager
def _naming(sources: list[Source]) -> Iterator[None]:
    """Say in which files the columns are not those of the table."""
    try:
        yield
    except SchemaError as error:
        raise SchemaError(f"{', '.join(map(name_of, sources))}: {error}") from None


def _declared(
    sources: list[Source], mapping: Mapping | None, encoding: str, today: date
) -> Iterator[Found]:
    declared, told = Intake(DECLARATIONS, today), Intake(INSPECTIONS, today)
    counted: defaultdict[str, Earlier] = defaultdict(Earlier)
    for block in numbered(sources, encoding):
        mapped = mapping.apply(block.frame, today, counted) if mapping else Mapped(block.frame)
        good, rejection = declared.accepted(block, mapped.declarations)
        found = Found({DECLARATIONS.name: good}, [rejection, declared.unread(block)])
        if mapped.inspections is not None:
            # The outcome of a row that was set aside would belong to a declaration nobody has.
            kept = mapped.inspections[mapped.inspections.index.isin(good.index)]
            found.accepted[INSPECTIONS.name], rejection = told.accepted(block, kept)
            found.rejections.append(rejection)
        yield found


def _further(table: Table, sources: list[Source], encoding: str, today: date) -> Iterator[Found]:
    intake = Intake(table, today)
    for block in numbered(sources, encoding):
        frame = as_listed(block.frame) if table is LISTED_PARTIES else block.frame
        good, rejection = intake.accepted(block, frame)
        yield Found({table.name: good}, [rejection, intake.unread(block)])
