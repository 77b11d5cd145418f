"""Tables from files, as they were written: text stays text, and no line is lost."""

from __future__ import annotations

import codecs
import gzip
import zlib
from dataclasses import dataclass, field
from functools import partial
from os import PathLike
from pathlib import Path
from typing import IO, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from .delimited import read_delimited
from .jsonlines import read_json_lines
from .lines import ReadError
from .validation import fault_table

Source: TypeAlias = str | PathLike[str] | pd.DataFrame

KINDS = {".csv": read_delimited, ".jsonl": read_json_lines, ".ndjson": read_json_lines}
PARQUET = (".parquet", ".pq")


@dataclass(frozen=True)
class Raw:
    """A table as it was given, a fault for each line that is no record, and those lines in full."""

    frame: pd.DataFrame
    faults: pd.DataFrame = field(default_factory=partial(fault_table, ()))
    lines: dict[int, str] = field(default_factory=dict)


def read_table(source: Source, encoding: str = "utf-8") -> Raw:
    """The rows of a CSV, Parquet or JSON lines file; of a file, row 1 is the first record."""
    if isinstance(source, pd.DataFrame):
        return Raw(source)
    path = Path(source)
    try:
        if path.suffix.lower() in PARQUET:
            return Raw(_parquet(path))
        return _text_file(path, encoding)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from None
    except FileNotFoundError:
        raise ReadError(f"{path}: there is no such file; check the path") from None
    except (OSError, EOFError, zlib.error, pa.ArrowException) as error:
        reason = " ".join(str(error).split())[:200]
        raise ReadError(f"{path}: cannot be read ({reason}); is the file whole?") from error


def _parquet(path: Path) -> pd.DataFrame:
    if path.stat().st_size == 0:
        raise ReadError("the file is empty; it needs at least its columns")
    table = pq.ParquetFile(path).read()
    frame = table.to_pandas(ignore_metadata=True, integer_object_nulls=True, date_as_object=False)
    return frame.set_axis(pd.RangeIndex(1, len(frame) + 1))


def _text_file(path: Path, encoding: str) -> Raw:
    suffixes = [one.lower() for one in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    kind = suffixes[-2:-1] if packed else suffixes[-1:]
    if not kind or kind[0] not in KINDS:
        known = ", ".join([*KINDS, *PARQUET])
        raise ReadError(f"not a known kind of file; its name should end in one of {known}")
    with _opened(path, packed, encoding) as stream:
        frame, unread = KINDS[kind[0]](stream)
    faults = fault_table([one.fault for one in unread])
    return Raw(frame, faults, {one.row: one.line for one in unread})


def _opened(path: Path, packed: bool, encoding: str) -> IO[str]:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise ReadError(f"no encoding is named {encoding!r}; try utf-8 or windows-1251") from None
    name = "utf-8-sig" if name == "utf-8" else name  # a byte order mark is no part of the header
    # What cannot be decoded becomes U+FFFD, so that only the cells that hold it are at fault.
    opened = gzip.open if packed else open
    return opened(path, "rt", encoding=name, errors="replace", newline="")
