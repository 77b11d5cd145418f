"""Columns of ours that no single foreign column holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from .cells import words
from .earlier import Earlier
from .keys import MappingError, only, present, wrong
from .schema import DECLARATIONS


class Derived(Protocol):
    """A column of ours that is made from several, or from the order of the rows."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns of the foreign layout that it reads."""

    def column(
        self, frame: pd.DataFrame, made: dict[str, pd.Series], key: str, earlier: Earlier
    ) -> pd.Series:
        """The column, from the foreign frame and what was made of it so far.

        earlier: what it remembers of the blocks of rows before this one.
        """


@dataclass(frozen=True)
class Count:
    """The number of a row among the rows that share a value, in the order of the file."""

    within: str

    @classmethod
    def parse(cls, key: str, table: dict[str, Any]) -> Count:
        """The column of ours whose rows are counted."""
        within = only(table, key, "count_within").get("count_within")
        if not isinstance(within, str) or within not in DECLARATIONS.names:
            raise wrong(f"{key}.count_within", "a column of ours such as declaration_id", within)
        return cls(within)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Nothing of the foreign layout: it counts rows of a column of ours."""
        return ()

    def column(
        self, frame: pd.DataFrame, made: dict[str, pd.Series], key: str, earlier: Earlier
    ) -> pd.Series:
        """One for the first row of each value, two for the second, and so on."""
        if self.within not in made:
            raise MappingError(f"{key}.count_within: {self.within} is not made before it")
        same = words(made[self.within]).text.str.strip().fillna("")
        return pd.Series(earlier.counted(same.to_frame()) + 1, index=frame.index)


@dataclass(frozen=True)
class Join:
    """Several foreign columns as one, missing where one of them is."""

    columns: tuple[str, ...]
    separator: str

    @classmethod
    def parse(cls, key: str, table: dict[str, Any]) -> Join:
        """The columns to join and what to put between them."""
        only(table, key, "join", "separator")
        columns, separator = table["join"], table.get("separator", "/")
        if not isinstance(columns, list) or not columns or not _are_texts(columns):
            raise wrong(f"{key}.join", "a list of their columns", columns)
        if not isinstance(separator, str):
            raise wrong(f"{key}.separator", "text", separator)
        return cls(tuple(columns), separator)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that it joins."""
        return self.columns

    def column(
        self, frame: pd.DataFrame, made: dict[str, pd.Series], key: str, earlier: Earlier
    ) -> pd.Series:
        """The joined text."""
        parts = []
        for theirs in self.columns:
            present(frame, theirs, f"{key}.join")
            text = words(frame[theirs]).text.str.strip()
            parts.append(text.where(text != ""))
        return parts[0].str.cat(parts[1:], sep=self.separator) if parts[1:] else parts[0]


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(one, str) and one for one in values)
