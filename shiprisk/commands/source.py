"""What a command reads."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from shiprisk.features import (
    DECLARATIONS,
    INSPECTIONS,
    LISTED_PARTIES,
    TRADE_STATISTICS,
    TRADERS,
    Kept,
    Mapping,
    Records,
    Rejected,
    read_records,
    records_in_blocks,
)

from .. import printing

# What a simulated world keeps beside its records.
TRUTH = "truth.parquet"

_TABLES = [
    table.name for table in (DECLARATIONS, INSPECTIONS, LISTED_PARTIES, TRADE_STATISTICS, TRADERS)
]


class KeptRecords(NamedTuple):
    """Declarations, validated; a list of parties, if there is one; whether any were rejected."""

    declarations: Kept
    listed_parties: pd.DataFrame | None
    some_rejected: bool


@dataclass(frozen=True)
class Input:
    """Records to read: files or a directory, their layout, where rejected ones go, and a list."""

    sources: list[Path]
    mapping: Path | None = None
    encoding: str = "utf-8"
    rejected: Path | None = None
    listed: Path | None = None

    def read(self) -> Records:
        """The records, with those rejected written down and summed up on the screen."""
        with self._rejected() as rejected:
            return read_records(**self._asked(), rejected=rejected)

    def keep(self, into: Path, tell: Callable[[int], None]) -> "KeptRecords":
        """The same for scoring, of any number: the declarations in a file, block by block.

        tell: told after each block how many there are so far.
        """
        listed: list[pd.DataFrame] = []
        with self._rejected() as rejected:
            declared = Kept.of(into, _counted(self._declared(rejected, listed), tell))
        return KeptRecords(declared, pd.concat(listed) if listed else None, bool(rejected.rows))

    def _declared(self, rejected: Rejected, listed: list[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """The declarations; of what comes beside them, the list of parties is kept."""
        for found in records_in_blocks(**self._asked()):
            rejected.add(found.rejections)
            if DECLARATIONS.name in found.accepted:
                yield found.accepted[DECLARATIONS.name]
            if LISTED_PARTIES.name in found.accepted:
                listed.append(found.accepted[LISTED_PARTIES.name])

    @contextmanager
    def _rejected(self) -> Iterator[Rejected]:
        rejected = Rejected(self.rejected)
        yield rejected
        if rejected.rows:
            printing.rejections(rejected)

    def _asked(self) -> dict[str, Any]:
        """What is read, as `read_records` takes it."""
        mapping = Mapping.load(self.mapping) if self.mapping else None
        one = len(self.sources) == 1  # a directory, or the only file
        sources = self.sources[0] if one else self.sources
        return {
            "sources": sources,
            "mapping": mapping,
            "encoding": self.encoding,
            "listed": self.listed,
        }

    def digest(self) -> str:
        """Sixteen characters that tell the bytes of these files, and their layout, from others."""
        whole = hashlib.sha256(self.encoding.encode())
        for path in (*self._files(), self.mapping, self.listed):
            with path.open("rb") if path else BytesIO() as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        return whole.hexdigest()[:16]

    def _files(self) -> list[Path]:
        """The files that are read; of a directory those of its tables."""
        directory = self.sources[0]
        if not directory.is_dir():
            return self.sources
        return [x for x in sorted(directory.iterdir()) if x.name.split(".")[0] in _TABLES]

    def truth(self) -> pd.DataFrame | None:
        """The truth that a simulated world has written beside its records, if it has."""
        if len(self.sources) == 1 and (beside := self.sources[0] / TRUTH).is_file():
            return pd.read_parquet(beside)
        return None


def _counted(parts: Iterator[pd.DataFrame], tell: Callable[[int], None]) -> Iterator[pd.DataFrame]:
    read = 0
    for part in parts:
        yield part
        read += len(part)
        tell(read)
