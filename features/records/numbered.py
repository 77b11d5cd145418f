"""The rows of several files of one layout, numbered throughout, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .lines import Unread
from .reading import Source, blocks_of, names_of


@dataclass(frozen=True)
class Numbered:
    """Some rows of one source, on their numbers among all rows of all sources, from 1.

    labels: what the source calls each row. unread: its lines among them that are no record.
    """

    source: str
    frame: pd.DataFrame
    labels: pd.Index
    unread: tuple[Unread, ...] = ()

    def labels_of(self, numbers: list[int]) -> list[Any]:
        """What the source calls the rows with these numbers."""
        first = self.frame.index.start
        return self.labels[[number - first for number in numbers]].to_list()

    def places_of(self, numbers: list[int]) -> list[int]:
        """Numbers that tell these rows apart, and put them among the lines that are no record."""
        return self.labels_of(numbers) if self.unread else numbers


def numbered(sources: Sequence[Source], encoding: str) -> Iterator[Numbered]:
    """The blocks of all sources, one after the other, at least one; all have all columns."""
    names = list(_names(sources, encoding))
    read = 0
    for source in sources:
        for raw in blocks_of(source, encoding):
            same = list(raw.frame.columns) == names
            frame = raw.frame if same else raw.frame.reindex(columns=names)
            numbers = pd.RangeIndex(read + 1, read + len(frame) + 1)
            read += len(frame)
            yield Numbered(name_of(source), frame.set_axis(numbers), raw.frame.index, raw.unread)
    if not read:
        nothing = pd.DataFrame({name: pd.Series(dtype="str") for name in names})
        yield Numbered(name_of(sources[-1]), nothing, nothing.index)


def name_of(source: Source) -> str:
    """How a source is called."""
    return "DataFrame" if isinstance(source, pd.DataFrame) else str(source)


def _names(sources: Sequence[Source], encoding: str) -> list[str]:
    """The names of the columns that any of the sources has; of one alone, as it has them."""
    each = [names_of(source, encoding) for source in sources]
    return each[0] if len(each) == 1 else list(dict.fromkeys(name for one in each for name in one))
