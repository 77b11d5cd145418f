"""What a command reads."""

from dataclasses import dataclass
from pathlib import Path

from shiprisk.features import Mapping, Records, read_records

from .. import printing


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
