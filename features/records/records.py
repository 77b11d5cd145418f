"""Records from files to typed tables, with every rejected row kept beside its faults."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

import pandas as pd

from .lines import ReadError
from .listed import as_listed
from .mapping import Mapped, Mapping
from .reading import Source
from .rejections import Files, Intake, Rejection
from .schema import (
    DECLARATIONS,
    INSPECTIONS,
    LISTED_PARTIES,
    TRADE_STATISTICS,
    TRADERS,
    Table,
)

FILE_ENDINGS = (".parquet", ".csv", ".csv.gz", ".jsonl", ".ndjson")


@dataclass(frozen=True)
class Records:
    """Typed tables, one row per fault of what was rejected, and the rejected rows as they were."""

    declarations: pd.DataFrame
    traders: pd.DataFrame | None
    inspections: pd.DataFrame | None
    rejected: pd.DataFrame
    rejections: tuple[Rejection, ...]
    trade_statistics: pd.DataFrame | None = None
    listed_parties: pd.DataFrame | None = None

    @property
    def rejected_rows(self) -> dict[str, int]:
        """How many records of each table were rejected, however many faults they have."""
        counts: Counter[str] = Counter()
        for one in self.rejections:
            if len(one.faults):
                counts[one.faults["table"].iloc[0]] += len(one.originals)
        return dict(counts)

    def write_rejected(self, path: str | PathLike[str]) -> int:
        """Write each rejected record with its faults as a JSON line; the number of lines."""
        with Path(path).open("w", encoding="utf-8") as file:
            for rejection in self.rejections:
                file.writelines(json.dumps(line) + "\n" for line in rejection.lines())
        return sum(self.rejected_rows.values())


def read_records(
    sources: Source | Sequence[Source],
    mapping: Mapping | None = None,
    encoding: str = "utf-8",
    today: date | None = None,
    listed: Source | None = None,
) -> Records:
    """The records of files of one layout, or of a directory that holds declarations.* and more.

    listed: a list of parties, in our columns or as OpenSanctions hands it out; it takes the place
    of the directory's own.
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
    return _records(named, mapping, encoding, today)


def _in_directory(folder: Path) -> dict[str, list[Source]]:
    tables = (DECLARATIONS, TRADERS, INSPECTIONS, TRADE_STATISTICS, LISTED_PARTIES)
    found = {table.name: _file(folder, table) for table in tables}
    if found["declarations"] is None:
        endings = ", ".join(FILE_ENDINGS)
        raise ReadError(f"{folder}: there is no file declarations with one of {endings}")
    return {name: [path] for name, path in found.items() if path}


def _file(folder: Path, table: Table) -> Path | None:
    files = [folder / f"{table.name}{ending}" for ending in FILE_ENDINGS]
    present = [file for file in files if file.is_file()]
    if len(present) > 1:
        names = " and ".join(file.name for file in present)
        raise ReadError(f"{folder}: holds {names}; keep one of them")
    return present[0] if present else None


def _records(
    sources: dict[str, list[Source]], mapping: Mapping | None, encoding: str, today: date | None
) -> Records:
    files = {name: Files(name, paths, encoding) for name, paths in sources.items()}
    intake = Intake(today)
    frame = files["declarations"].frame
    mapped = mapping.apply(frame, today) if mapping else Mapped(frame, None)
    declarations = intake.accepted(DECLARATIONS, files["declarations"], mapped.declarations)
    for source in files.values():
        intake.keep_unread(source)
    if mapped.inspections is None:
        inspections = _own(intake, INSPECTIONS, files)
    else:
        # The outcome of a row that was set aside would belong to a declaration nobody has.
        kept = mapped.inspections.index.isin(declarations.index)
        inspections = intake.accepted(INSPECTIONS, files["declarations"], mapped.inspections[kept])
    traders, statistics = _own(intake, TRADERS, files), _own(intake, TRADE_STATISTICS, files)
    listed = _listed(intake, files)
    rejected = intake.rejected()
    rejections = tuple(intake.rejections)
    return Records(declarations, traders, inspections, rejected, rejections, statistics, listed)


def _own(intake: Intake, table: Table, files: dict[str, Files]) -> pd.DataFrame | None:
    source = files.get(table.name)
    return intake.accepted(table, source, source.frame) if source else None


def _listed(intake: Intake, files: dict[str, Files]) -> pd.DataFrame | None:
    source = files.get(LISTED_PARTIES.name)
    return intake.accepted(LISTED_PARTIES, source, as_listed(source.frame)) if source else None
