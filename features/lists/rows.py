"""The rows of a published list, and the days on which each holds."""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..values import DAY, Values, as_day

_ALWAYS = np.datetime64("9999-12-31", "D")


class Spell(NamedTuple):
    """An entry of a dated list: it holds from `since` on, and no longer on `until`."""

    what: str
    since: np.datetime64
    until: np.datetime64


class Dated:
    """A dated list as bits: one for each period between two changes of the list.

    What holds in which periods is one whole number per entry, so that asking for a day is a shift.
    """

    def __init__(self, spells: Iterable[Spell]) -> None:
        held = list(spells)
        bounds = {bound for spell in held for bound in (spell.since, spell.until)}
        # After _ALWAYS nothing holds: there a missing day falls, which sorts last.
        self.changes = np.array(sorted(bounds | {_ALWAYS}), dtype=DAY)
        if len(self.changes) > 62:
            raise ValueError("a dated list with more than 62 different days: bits do not suffice")
        self._changes = [as_day(day) for day in self.changes]
        self._periods: dict[str, int] = {}
        for spell in held:
            first, last = np.searchsorted(self.changes, [spell.since, spell.until]) + 1
            now = self._periods.get(spell.what, 0)
            self._periods[spell.what] = now | (1 << int(last)) - (1 << int(first))

    def periods(self, what: str) -> int:
        """The periods in which an entry holds, as bits; 0 for what is not on the list."""
        return self._periods.get(what, 0)

    def period(self, days: Values) -> Values:
        """The number of the period in which each day falls."""
        if not isinstance(days, np.ndarray):
            return bisect_right(self._changes, days)
        return np.searchsorted(self.changes, days, side="right")

    def hold(self, periods: Values, days: Values) -> Values:
        """Whether each of `periods` takes in its day."""
        if not isinstance(days, np.ndarray):
            return bool(periods >> self.period(days) & 1)
        return np.asarray((periods >> self.period(days)) & 1, dtype=bool)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a list's file beside this one, by column."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spell(row: dict[str, str], what: str) -> Spell:
    """What a column of a row says, and when it holds; without `until` it still does."""
    until = np.datetime64(row["until"], "D") if row["until"] else _ALWAYS
    return Spell(row[what], np.datetime64(row["since"], "D"), until)
