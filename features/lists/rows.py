"""The rows of a published list, and the days on which each holds."""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

_ALWAYS = np.datetime64("9999-12-31", "D")


class Spell(NamedTuple):
    """An entry of a dated list: it holds from `since` on, and no longer on `until`."""

    what: str
    since: np.datetime64
    until: np.datetime64

    def holds(self, days: np.ndarray) -> np.ndarray:
        """Whether the entry is in force on each day."""
        return np.asarray((self.since <= days) & (days < self.until))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a list's file beside this one, by column."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spell(row: dict[str, str], what: str) -> Spell:
    """What a column of a row says, and when it holds; without `until` it still does."""
    until = np.datetime64(row["until"], "D") if row["until"] else _ALWAYS
    return Spell(row[what], np.datetime64(row["since"], "D"), until)
