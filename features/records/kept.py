"""Validated declarations in a file, for those that are too many for memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa

_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(frozen=True)
class Kept:
    """Declarations that can be gone through again and again, in parts, in their order.

    days: how many there are of each day. The file may be removed once they are no longer needed.
    """

    path: Path
    days: Counter[date]

    @classmethod
    def of(cls, path: Path, parts: Iterable[pd.DataFrame]) -> Kept:
        """Write validated declarations of one table, at least one part, which may be empty."""
        remaining = iter(parts)
        first = next(remaining)
        schema, days = _schema(first), Counter[date]()
        with (
            pa.OSFile(str(path), "wb") as sink,
            pa.ipc.new_file(sink, schema, options=_PACKED) as writer,
        ):
            for part in chain([first], remaining):
                writer.write_table(pa.Table.from_pandas(part, schema, preserve_index=False))
                days.update(part["declared_on"].dt.date.value_counts().to_dict())
        return cls(path, days)

    def __iter__(self) -> Iterator[pd.DataFrame]:
        with pa.OSFile(str(self.path)) as source, pa.ipc.open_file(source) as file:
            for number in range(file.num_record_batches):
                yield file.get_batch(number).to_pandas()

    def __len__(self) -> int:
        return self.days.total()


def _schema(frame: pd.DataFrame) -> pa.Schema:
    """The columns of a frame; text in the type that has no limit."""
    found = pa.Schema.from_pandas(frame, preserve_index=False)
    types = [pa.large_string() if pa.types.is_string(kind) else kind for kind in found.types]
    return pa.schema([one.with_type(kind) for one, kind in zip(found, types, strict=True)])
