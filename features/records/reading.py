"""Tables from files, as they were written: text stays text, and no line is lost."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from .delimited import names_of_delimited, read_delimited
from .jsonlines import names_of_json_lines, read_json_lines
from .lines import Raw, ReadError

Source: TypeAlias = str | PathLike[str] | pd.DataFrame

# Rows read together: few enough for memory, many enough that a block costs little beside its rows.
ROWS = 20_000

# Bytes of each column that are read from a Parquet file at a time.
_BUFFER = 1 << 17


class _Kind(NamedTuple):
    """How a kind of text file is read: block by block, and the names of its columns alone."""

    blocks: Callable[[IO[str]], Iterator[Raw]]
    names: Callable[[IO[str]], list[str]]


_CSV = _Kind(read_delimited, names_of_delimited)
_JSON = _Kind(read_json_lines, names_of_json_lines)
KINDS = {".csv": _CSV, ".jsonl": _JSON, ".ndjson": _JSON}
PARQUET = (".parquet", ".pq")


def blocks_of(source: Source, encoding: str = "utf-8") -> Iterator[Raw]:
    """The rows of a CSV, Parquet or JSON lines file, some at a time; row 1 is the first record."""
    if isinstance(source, pd.DataFrame):
        yield Raw(source)
        return
    path = Path(source)
    with _saying_where(path):
        if path.suffix.lower() in PARQUET:
            yield from _parquet(path)
        else:
            kind, packed = _kind(path)
            with _opened(path, packed, encoding) as stream:
                yield from _together(kind.blocks(stream))


def names_of(source: Source, encoding: str = "utf-8") -> list[str]:
    """The names of all columns, which of JSON lines a block may not have."""
    if isinstance(source, pd.DataFrame):
        return list(source.columns)
    path = Path(source)
    with _saying_where(path):
        if path.suffix.lower() in PARQUET:
            with _parquet_file(path) as file:
                return list(file.schema_arrow.names)
        kind, packed = _kind(path)
        with _opened(path, packed, encoding) as stream:
            return kind.names(stream)


@contextmanager
def _saying_where(path: Path) -> Iterator[None]:
    try:
        yield
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from None
    except FileNotFoundError:
        raise ReadError(f"{path}: there is no such file; check the path") from None
    except (OSError, EOFError, zlib.error, pa.ArrowException) as error:
        reason = " ".join(str(error).split())[:200]
        raise ReadError(f"{path}: cannot be read ({reason}); is the file whole?") from error


def _parquet_file(path: Path) -> pq.ParquetFile:
    if path.stat().st_size == 0:
        raise ReadError("the file is empty; it needs at least its columns")
    return pq.ParquetFile(path, buffer_size=_BUFFER)


def _parquet(path: Path) -> Iterator[Raw]:
    first = 1
    with _parquet_file(path) as file:
        for batch in file.iter_batches(ROWS):
            frame = batch.to_pandas(
                ignore_metadata=True, integer_object_nulls=True, date_as_object=False
            )
            yield Raw(frame.set_axis(pd.RangeIndex(first, first + len(frame))))
            first += len(frame)


def _together(blocks: Iterable[Raw]) -> Iterator[Raw]:
    """Small blocks joined to larger ones."""
    waiting: list[Raw] = []
    for block in blocks:
        waiting.append(block)
        if sum(len(one.frame) + len(one.unread) for one in waiting) >= ROWS:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def _joined(blocks: list[Raw]) -> Raw:
    unread = tuple(one for block in blocks for one in block.unread)
    return Raw(pd.concat([block.frame for block in blocks]), unread)


def _kind(path: Path) -> tuple[_Kind, bool]:
    """What kind of text file it is, and whether it is packed."""
    suffixes = [one.lower() for one in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    kind = suffixes[-2:-1] if packed else suffixes[-1:]
    if not kind or kind[0] not in KINDS:
        known = ", ".join([*KINDS, *PARQUET])
        raise ReadError(f"not a known kind of file; its name should end in one of {known}")
    return KINDS[kind[0]], packed


def _opened(path: Path, packed: bool, encoding: str) -> IO[str]:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise ReadError(f"no encoding is named {encoding!r}; try utf-8 or windows-1251") from None
    name = "utf-8-sig" if name == "utf-8" else name  # a byte order mark is no part of the header
    # What cannot be decoded becomes U+FFFD, so that only the cells that hold it are at fault.
    opened = gzip.open if packed else open
    return opened(path, "rt", encoding=name, errors="replace", newline="")
