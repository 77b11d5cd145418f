"""CSV as text only: a fast parser for the blocks that are in order, a careful one for others."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import IO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from .lines import LONGEST_LINE, TOO_LONG, Raw, ReadError, Unread, blocks, is_blank

# A quoted value that runs on for more lines than this was never closed.
LONGEST_RECORD = 30

# Lines that the careful parser looks at together.
STRETCH = 1000

DELIMITERS = ",;\t"
NO_END = "a closing quotation mark"


@dataclass(frozen=True)
class _Layout:
    names: list[str]
    delimiter: str


def read_delimited(stream: IO[str]) -> Iterator[Raw]:
    """The records of a file as text, missing where empty, and the lines that are no record."""
    layout = _layout(stream)
    seen = 0
    for lines in blocks(stream):
        unread: list[Unread] = []
        table = _fast(lines, layout)
        if table is not None:
            numbers = np.arange(seen + 1, seen + len(lines) + 1)
            seen += len(lines)
        else:
            records, seen = _careful(lines, stream, layout, seen, unread)
            table = _table(list(records.values()), layout)
            numbers = np.array(list(records), dtype="int64")
        yield Raw(table.to_pandas().set_axis(pd.Index(numbers)), tuple(unread))


def names_of_delimited(stream: IO[str]) -> list[str]:
    """The names of the columns."""
    return _layout(stream).names


def _layout(stream: IO[str]) -> _Layout:
    header = next((line for line in stream if not is_blank(line)), None)
    if header is None:
        raise ReadError("the file is empty; it needs a header line and records")
    delimiter = max(DELIMITERS, key=header.count)
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
    repeated = [name for name, times in Counter(names).items() if times > 1 and name]
    if repeated:
        raise ReadError(f"the header names {', '.join(repeated)} more than once; rename one")
    return _Layout([name or f"column {at}" for at, name in enumerate(names, 1)], delimiter)


def _fast(lines: list[str], layout: _Layout) -> pa.Table | None:
    """The block as a table where each line is one whole record, None where it is not."""
    if max(map(len, lines)) > LONGEST_LINE:
        return None
    try:
        table = pa.csv.read_csv(
            pa.BufferReader("".join(lines).encode()),
            read_options=pa.csv.ReadOptions(column_names=layout.names),
            parse_options=pa.csv.ParseOptions(delimiter=layout.delimiter, newlines_in_values=True),
            convert_options=pa.csv.ConvertOptions(
                column_types={name: pa.large_string() for name in layout.names},
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    # A quote that was never closed swallows the lines after it: fewer rows than lines.
    return table if table.num_rows == len(lines) else None


def _careful(
    lines: list[str], stream: IO[str], layout: _Layout, seen: int, unread: list[Unread]
) -> tuple[dict[int, list[str]], int]:
    """The records of a block by number, one at a time; other lines go to the unread ones."""
    records: dict[int, list[str]] = {}
    at = 0
    while at < len(lines):
        for fields in _plain(lines[at : at + STRETCH], layout):
            at += 1
            if fields:
                seen += 1
                records[seen] = fields
        if at == len(lines):
            break
        if is_blank(lines[at]):
            at += 1
            continue
        seen += 1
        record, taken = _record(lines, at, stream, layout)
        if isinstance(record, list):
            records[seen] = record
        else:
            unread.append(Unread(seen, lines[at].rstrip("\r\n"), record))
        at += taken
    return records, seen


def _plain(lines: list[str], layout: _Layout) -> Iterator[list[str]]:
    """The fields of each line up to the first that may be no record of its own."""
    even = takewhile(lambda line: line.count('"') % 2 == 0 and len(line) <= LONGEST_LINE, lines)
    reader = csv.reader(even, delimiter=layout.delimiter, strict=True)
    try:
        for number, fields in enumerate(reader, 1):
            if reader.line_num != number or len(fields) not in (0, len(layout.names)):
                return
            yield fields
    except csv.Error:
        return


def _record(
    lines: list[str], at: int, stream: IO[str], layout: _Layout
) -> tuple[list[str] | str, int]:
    """The fields of the record at a line and its number of lines, or what was expected of it."""
    if len(lines[at]) > LONGEST_LINE:
        return TOO_LONG, 1
    whole = _parsed(lines[at : at + 1], layout)
    if whole is None:
        if at + LONGEST_RECORD > len(lines):
            lines.extend(islice(stream, LONGEST_RECORD))
        whole = _parsed(lines[at : at + LONGEST_RECORD], layout)
    if whole is None:
        return NO_END, 1
    fields, taken = whole
    if len(fields) == len(layout.names):
        return fields, taken
    if taken > 1:
        return NO_END, 1
    return f"{len(layout.names)} fields, found {len(fields)}", 1


def _parsed(lines: list[str], layout: _Layout) -> tuple[list[str], int] | None:
    """The first record of some lines and how many it takes, None where its quotes do not close."""
    try:
        strict = csv.reader(lines, delimiter=layout.delimiter, strict=True)
        return next(strict), strict.line_num
    except csv.Error as error:
        if "unexpected end" in str(error) or len(lines) > 1:
            return None
    # Text after a closing quote: taken as it stands, as the fast parser does.
    try:
        return next(csv.reader(lines, delimiter=layout.delimiter)), 1
    except csv.Error:
        return None


def _table(records: list[list[str]], layout: _Layout) -> pa.Table:
    columns = list(zip(*records, strict=True)) if records else [()] * len(layout.names)
    arrays = [
        pa.array([value or None for value in values], type=pa.large_string()) for values in columns
    ]
    return pa.table(arrays, names=layout.names)
