"""Rows of a file in blocks, and what became of lines that are no record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, NamedTuple

import pandas as pd

from .cells import shown

# Characters: the longest line that is taken for a record, and about the size of a block. One broken
# line makes its block slow, so blocks are small.
LONGEST_LINE = 1_000_000
BLOCK = 2_000_000

TOO_LONG = f"a line of at most {LONGEST_LINE:,} characters"


class ReadError(ValueError):
    """A file that cannot be read at all, and what to do about it."""


class Unread(NamedTuple):
    """A line that is no record: its number among the records, its text, what was expected."""

    row: int
    line: str
    expected: str

    @property
    def fault(self) -> tuple[int, str, str, str]:
        """The line in the form of a fault of a row: it has no column."""
        return self.row, "", shown(self.line), self.expected


@dataclass(frozen=True)
class Raw:
    """Some rows of a table as they were given, and the lines among them that are no record.

    The index is the number of each row among the records of its file, from 1; of a DataFrame it is
    the frame's own.
    """

    frame: pd.DataFrame
    unread: tuple[Unread, ...] = ()


def blocks(stream: IO[str]) -> Iterator[list[str]]:
    """The lines of a file, some megabytes at a time, each with its line end."""
    while lines := stream.readlines(BLOCK):
        yield lines


def is_blank(line: str) -> bool:
    """Whether a line holds nothing, so that it is not counted as a record."""
    return not line.strip()
