"""The steps of a mapping: codes, units, currencies, and columns made from others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import pandas as pd

from .cells import words
from .kinds import checked, numbers
from .schema import DECLARATIONS

ANY = "*"
UNKNOWN = "?"


class MappingError(ValueError):
    """A mapping that is wrong or does not fit the data; names the key and what is expected."""


class Derived(Protocol):
    """A column of ours that is made from several, or from the order of the rows."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns of the foreign layout that it reads."""

    def column(self, frame: pd.DataFrame, made: dict[str, pd.Series], key: str) -> pd.Series:
        """The column, from the foreign frame and what was made of it so far."""


def wrong(key: str, expected: str, found: object) -> MappingError:
    """The error for a key whose value is not what is expected."""
    return MappingError(f"{key}: expected {expected}, found {found!r}")


def only(table: Any, key: str, *names: str) -> dict[str, Any]:
    """The table, if it is one and has no other keys than those."""
    if not isinstance(table, dict):
        raise wrong(key, f"a table with {', '.join(names)}", table)
    for name in table:
        if name not in names:
            raise MappingError(f"{key}.{name}: not a known key; known are {', '.join(names)}")
    return table


def day_of(declared_on: pd.Series) -> pd.Series:
    """The days in a raw column of dates, missing where it holds none."""
    found = checked(declared_on, DECLARATIONS.column("declared_on"), date.max)
    return found.values.set_axis(declared_on.index)


def present(frame: pd.DataFrame, theirs: str, key: str) -> None:
    """Refuse a foreign column that the data does not have exactly once."""
    if list(frame.columns).count(theirs) != 1:
        names = ", ".join(map(str, frame.columns))
        raise MappingError(f"{key}: the data has no column {theirs!r}; it has {names}")


@dataclass(frozen=True)
class Codes:
    """Foreign codes and ours; "*" stands for every other code, "?" for those not valid here."""

    ours: dict[str, str]

    @classmethod
    def parse(cls, key: str, table: Any) -> Codes:
        """The codes in a table of the mapping."""
        if not isinstance(table, dict) or not table:
            raise wrong(key, 'a table of codes such as "10" = "1"', table)
        for code, ours in table.items():
            if not isinstance(ours, str):
                raise wrong(f"{key}.{code}", "our code as text, empty for missing", ours)
        return cls(dict(table))

    def column(self, cells: pd.Series, name: str) -> pd.Series:
        """The cells with their codes replaced; our codes where none is given for theirs."""
        said = words(cells)
        text = said.text.str.strip()
        codes = {word: self._code(word, name) for word in text.dropna().unique()}
        mapped = text.map(codes).astype("str")
        return cells.where(said.odd, mapped) if said.odd.any() else mapped

    def _code(self, word: str, name: str) -> str | None:
        if word in self.ours:
            return self.ours[word] or None
        if ANY in self.ours:
            return self.ours[ANY] or None
        return (self.ours[UNKNOWN] or None) if self._is_unknown(word, name) else word

    def _is_unknown(self, word: str, name: str) -> bool:
        if UNKNOWN not in self.ours:
            return False
        return len(checked(pd.Series([word]), DECLARATIONS.column(name), date.max).faults) > 0


@dataclass(frozen=True)
class Factor:
    """What an amount in their unit is multiplied by to be in ours."""

    factor: float

    @classmethod
    def parse(cls, key: str, table: Any) -> Factor:
        """The factor in a table of the mapping."""
        return cls(_positive(f"{key}.factor", only(table, key, "factor").get("factor")))

    def column(self, cells: pd.Series) -> pd.Series:
        """The amounts in our unit; what is no number stays, to be reported as it is."""
        return _scaled(cells, np.full(len(cells), self.factor))


@dataclass(frozen=True)
class Rates:
    """How much of their currency one US dollar costs, each rate from a day on until the next."""

    since: np.ndarray
    per_usd: np.ndarray

    @classmethod
    def parse(cls, key: str, table: Any) -> Rates:
        """The rates in a table of the mapping, under years or dates."""
        per_usd = only(table, key, "per_usd").get("per_usd")
        if not isinstance(per_usd, dict) or not per_usd:
            raise wrong(f"{key}.per_usd", "rates such as { 2020 = 1180.0 }", per_usd)
        key = f"{key}.per_usd"
        dated = sorted(
            (_start(key, when), _positive(f"{key}.{when}", rate)) for when, rate in per_usd.items()
        )
        for (one, _), (other, _) in pairwise(dated):
            if one == other:
                raise MappingError(f"{key}: two rates from {one} on")
        return cls(np.array([day for day, _ in dated]), np.array([rate for _, rate in dated]))

    def column(self, cells: pd.Series, declared_on: pd.Series) -> pd.Series:
        """The amounts in US dollars; an amount of a day without a rate becomes a fault."""
        days = day_of(declared_on).to_numpy()
        at = np.searchsorted(self.since, days.astype("datetime64[D]"), side="right") - 1
        dollars = _scaled(cells, 1 / self.per_usd[at])
        early = (at < 0) & cells.notna().to_numpy()
        if not early.any():
            return dollars
        return dollars.astype(object).mask(early, cells.astype(str) + " (no rate for this day)")


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

    def column(self, frame: pd.DataFrame, made: dict[str, pd.Series], key: str) -> pd.Series:
        """One for the first row of each value, two for the second, and so on."""
        if self.within not in made:
            raise MappingError(f"{key}.count_within: {self.within} is not made before it")
        same = words(made[self.within]).text.str.strip()
        return same.groupby(same, dropna=False).cumcount() + 1


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

    def column(self, frame: pd.DataFrame, made: dict[str, pd.Series], key: str) -> pd.Series:
        """The joined text."""
        parts = []
        for theirs in self.columns:
            present(frame, theirs, f"{key}.join")
            text = words(frame[theirs]).text.str.strip()
            parts.append(text.where(text != ""))
        return parts[0].str.cat(parts[1:], sep=self.separator) if parts[1:] else parts[0]


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(one, str) and one for one in values)


def _positive(key: str, value: Any) -> float:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not 0 < value < np.inf:
        raise wrong(key, "a number above zero", value)
    return float(value)


def _start(key: str, when: str) -> np.datetime64:
    try:
        return np.datetime64(date.fromisoformat(f"{when}-01-01" if len(when) == 4 else when), "D")
    except ValueError:
        raise wrong(key, "a year or a date YYYY-MM-DD before each rate", when) from None


def _scaled(cells: pd.Series, factors: np.ndarray) -> pd.Series:
    """Numbers times their factors; whatever is no number is left for validation to report."""
    amounts, given = numbers(cells)
    scaled = pd.Series(amounts * factors, index=cells.index)
    unread = given & ~np.isfinite(amounts)
    return scaled.astype(object).mask(unread, cells) if unread.any() else scaled
