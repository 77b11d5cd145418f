"""The list of parties that the user supplies, in the order in which they became known."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from ..keys import hashed
from ..names import NameIndex, plain_number
from ..records import LISTED_PARTIES, PARTIES, split_names
from .arrow import read_arrow, write_arrow
from .timeline import Timeline


@dataclass(frozen=True)
class ListedParties:
    """Listed parties in order of the day from which each is known, then of their id.

    A place is a row of the table. What can be looked up is worked out when it is first asked for.
    """

    table: pd.DataFrame
    # For each country, which listed parties are of others.
    _elsewhere: dict[str, np.ndarray] = field(init=False, default_factory=dict, compare=False)

    @classmethod
    def empty(cls) -> "ListedParties":
        """No list."""
        return cls.of(pd.DataFrame({"id": [], "name": []}, dtype="str"))

    @classmethod
    def of(cls, table: pd.DataFrame) -> "ListedParties":
        """The parties of a validated table; of entries with one id and day the last counts."""
        names = [column.name for column in LISTED_PARTIES.columns]
        kinds = dict.fromkeys(names, "str") | {"listed_on": "datetime64[s]"}
        table = table.reindex(columns=names).astype(kinds)
        party = table["schema"].isna() | table["schema"].isin(PARTIES)
        table = table[party & ~table.duplicated(["id", "listed_on"], keep="last")]
        by = ["listed_on", "id"]
        return cls(table.sort_values(by, na_position="first", ignore_index=True))

    def extended(self, table: pd.DataFrame) -> "ListedParties":
        """These parties and further ones."""
        return ListedParties.of(pd.concat([self.table, table], ignore_index=True))

    def __len__(self) -> int:
        return len(self.table)

    def save(self, path: Path) -> None:
        """Write the list as an Arrow file."""
        write_arrow(self.table, path)

    @classmethod
    def load(cls, path: Path) -> "ListedParties":
        """Read what `save` wrote."""
        return cls.of(read_arrow(path))

    @cached_property
    def days(self) -> np.ndarray:
        """The day on which each became known; 0 for those that always were."""
        days = self.table["listed_on"].to_numpy().astype("datetime64[D]")
        return np.maximum(np.where(np.isnat(days), 0, days.astype(np.int64)), 0)

    def in_words(self, places: np.ndarray) -> np.ndarray:
        """The listed parties at these places, by name and id; None where there is none (-1)."""
        return self._said[places]

    @cached_property
    def names(self) -> NameIndex:
        """Every name and alias."""
        return NameIndex.of([name for one in self._names for name in one])

    @cached_property
    def owners(self) -> np.ndarray:
        """The place of the party that has each of those names."""
        return np.repeat(np.arange(len(self)), [len(one) for one in self._names])

    def number(self, text: str) -> str | None:
        """An identifier without marks, if any party has it."""
        plain = plain_number(text)
        return plain if plain in self._numbers else None

    @cached_property
    def numbers(self) -> Timeline:
        """The places of parties by their identifiers, the id among them, plain and hashed."""
        owners = [(number, owner) for number, of in self._numbers.items() for owner in of]
        numbers = np.array([number for number, _ in owners], dtype=object)
        places = np.array([owner for _, owner in owners], dtype=np.int64)
        return Timeline.of(hashed(numbers), self.days[places], places)

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The parties that have each identifier."""
        found: dict[str, list[int]] = {}
        for place, numbers in enumerate(_split(self.table["id"], self.table["identifiers"])):
            for plain in filter(None, map(plain_number, numbers)):
                found.setdefault(plain, []).append(place)
        return found

    def elsewhere(self, countries: np.ndarray, places: np.ndarray) -> np.ndarray:
        """True where a country is none of those of the party at the place, and both are known."""
        found = np.zeros(len(places), dtype=bool)
        codes, distinct = pd.factorize(countries)
        for code, country in enumerate(distinct):
            rows = np.flatnonzero(codes == code)
            found[rows] = self._of_others(country)[places[rows]]
        return found

    def _of_others(self, country: str) -> np.ndarray:
        if country not in self._elsewhere:
            others = [bool(of) and country not in of for of in self._countries]
            self._elsewhere[country] = np.array(others, dtype=bool)
        return self._elsewhere[country]

    @cached_property
    def _said(self) -> np.ndarray:
        names = zip(self.table["name"], self.table["id"], strict=True)
        return np.array([*(f"{name} ({id_})" for name, id_ in names), None], dtype=object)

    @cached_property
    def _countries(self) -> list[frozenset[str]]:
        return [frozenset(cell.split()) for cell in self.table["countries"].fillna("")]

    @cached_property
    def _names(self) -> list[list[str]]:
        return _split(self.table["name"], self.table["aliases"])


def _split(first: pd.Series, further: pd.Series) -> list[list[str]]:
    """A text and those of a cell with several, row by row."""
    rows = zip(first, further.fillna(""), strict=True)
    return [[one, *split_names(others)] for one, others in rows]
