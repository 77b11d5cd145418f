"""What a command reads."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pandas as pd

from shiprisk.features import (
    DECLARATIONS,
    INSPECTIONS,
    LISTED_PARTIES,
    TRADE_STATISTICS,
    TRADERS,
    Mapping,
    Records,
    read_records,
)

from .. import printing

# What a simulated world keeps beside its records.
TRUTH = "truth.parquet"

_TABLES = [
    table.name for table in (DECLARATIONS, INSPECTIONS, LISTED_PARTIES, TRADE_STATISTICS, TRADERS)
]


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
        mapping = Mapping.load(self.mapping) if self.mapping else None
        one = len(self.sources) == 1  # a directory, or the only file
        sources = self.sources[0] if one else self.sources
        records = read_records(sources, mapping, self.encoding, listed=self.listed)
        if records.rejected_rows:
            written = self.rejected
            if written is not None:
                written.parent.mkdir(parents=True, exist_ok=True)
                records.write_rejected(written)
            printing.rejections(records, written)
        return records

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
