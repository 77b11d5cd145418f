"""Foreign codes become ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from .cells import words
from .keys import wrong
from .kinds import checked
from .schema import DECLARATIONS

ANY = "*"
UNKNOWN = "?"


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
