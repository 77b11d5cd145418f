"""Whom on a list a party of a record means, by number or by name, as known by a day."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from ..columns import each_text
from ..keys import composite, hashed
from ..listed import Listed
from ..values import known, missing
from .parties import ListedParties
from .timeline import Timeline

# A name of a party in another country than the listed one's is so much less alike.
OTHER_COUNTRY = 0.05
# A likeness in millionths and, in the lower bits, how far the listed party stands from the end of
# the list: the highest such number is the most alike, and of equals the one listed first.
_MILLION, _PLACE_BITS = 1_000_000, 32
_PLACES = (1 << _PLACE_BITS) - 1
# Distinct parties compared at once: each may be like many listed names, so this bounds the memory.
_AT_ONCE = 10_000


class Party(NamedTuple):
    """Parties of records: arrays of numbers, names and countries, None where missing."""

    number: np.ndarray
    name: np.ndarray
    country: np.ndarray

    def at(self, rows: np.ndarray) -> "Party":
        """The parties of these rows."""
        return Party(*(part[rows] for part in self))


class Screening(NamedTuple):
    """What the list, as known before the day of each party, says of it.

    number: the place of the listed party with the same identifier, -1: none. place: of the one with
    the most similar name. likeness: how similar, 0 to 1. named: whether the party's name is known.
    """

    number: np.ndarray
    place: np.ndarray
    likeness: np.ndarray
    named: np.ndarray

    @classmethod
    def of(cls, listed: ListedParties, party: Party, days: np.ndarray) -> "Screening":
        """Every party looked up by number and by name."""
        number = _numbered(listed, party.number, days)
        place, likeness = _alike(listed, party, days)
        return cls(number, place, likeness, known(party.name))

    def at(self, rows: slice) -> "Screening":
        """The same of these parties."""
        return Screening(*(part[rows] for part in self))

    def places(self, asked: Listed) -> np.ndarray:
        """The listed party that is closest by name, or that each party is taken for; -1: none."""
        if asked.take == "closest":
            return self.place
        by_name = np.where(self.likeness >= asked.at_least, self.place, -1)
        return np.where(self.number >= 0, self.number, by_name)

    def name_likeness(self) -> np.ndarray:
        """The likeness of each name, NaN where it is not known."""
        return np.where(self.named, self.likeness, np.nan)

    def say_how(self, told: np.ndarray) -> None:
        """Add to each match, in words, by what it was found."""
        for row in np.flatnonzero(known(told)):
            by_name = f"name, {self.likeness[row]:.0%} alike"
            told[row] += f" by its {'identifier' if self.number[row] >= 0 else by_name}"


def _alike(listed: ListedParties, party: Party, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place of the listed party whose name is most like each party's (or -1), and how much."""
    place, likeness = np.full(len(days), -1), np.zeros(len(days))
    named = np.flatnonzero(listed.names.like_any(party.name))
    if not len(named):  # the usual case of a single record
        return place, likeness
    of_named = party.at(named)
    codes, first = _distinct(composite([of_named.name, of_named.country]))
    for start in range(0, len(first), _AT_ONCE):
        steps = _ranking(listed, of_named.at(first[start : start + _AT_ONCE]), least=0.0)
        rows = np.flatnonzero((codes >= start) & (codes < start + _AT_ONCE))
        values = steps.before((codes[rows] - start).astype(np.uint64), days[named[rows]])
        place[named[rows]] = np.where(values < 0, -1, _PLACES - (values & _PLACES))
        likeness[named[rows]] = np.where(values < 0, 0, values >> _PLACE_BITS) / _MILLION
    return place, likeness


def first_match(listed: ListedParties, party: Party, least: float) -> np.ndarray:
    """The place of the listed party that each was known to be first, by number or name; or -1.

    least: the likeness from which a name is taken for the other.
    """
    rows = np.arange(len(party.number))
    if not len(listed) or not len(rows):
        return np.full(len(rows), -1)
    by_name = np.full(len(rows), _PLACES)
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        value = _ranking(listed, party.at(part), least).first((part - start).astype(np.uint64))
        by_name[part] = np.where(value < 0, _PLACES, _PLACES - (value & _PLACES))
    on_list = each_text(party.number, listed.number)
    number = np.full(len(rows), -1)
    numbered = np.flatnonzero(~missing(on_list))
    number[numbered] = listed.numbers.first(hashed(on_list[numbered]))
    place = np.minimum(by_name, np.where(number < 0, _PLACES, number))
    return np.where(place == _PLACES, -1, place)


def _numbered(listed: ListedParties, numbers: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The place of the listed party with each number, known before the day; -1 without."""
    on_list = each_text(numbers, listed.number)
    place, rows = np.full(len(days), -1), np.flatnonzero(~missing(on_list))
    if len(rows):
        place[rows] = listed.numbers.before(hashed(on_list[rows]), days[rows])
    return place


def _ranking(listed: ListedParties, party: Party, least: float) -> Timeline:
    """For each party (its row is the key) who is most alike, from day to day."""
    row, name = _named_alike(listed, party)
    if not len(row):
        return Timeline.of(row, row, row)
    place = listed.owners[name.listed]
    likeness = name.likeness - OTHER_COUNTRY * listed.elsewhere(party.country[row], place)
    enough = likeness >= least
    row, place, likeness = row[enough], place[enough], likeness[enough]
    value = (np.rint(likeness * _MILLION).astype(np.int64) << _PLACE_BITS) | (_PLACES - place)
    by_day = np.lexsort((value, place, row))  # places are in order of the days
    value, row, place = value[by_day], row[by_day], place[by_day]
    best = pd.Series(value).groupby(row).cummax().to_numpy(dtype=np.int64)
    return Timeline.of(row, listed.days[place], best)


class _Pairs(NamedTuple):
    """Listed names and how alike each is to that of a row."""

    listed: np.ndarray
    likeness: np.ndarray


def _named_alike(listed: ListedParties, party: Party) -> tuple[np.ndarray, _Pairs]:
    """The rows whose name is like a listed one, once for each such name, and those names."""
    named = np.flatnonzero(~missing(party.name))
    codes, names = pd.factorize(party.name[named])
    alike = listed.names.like(names)
    rows = named[np.argsort(codes, kind="stable")]
    ends = np.cumsum(np.bincount(codes, minlength=len(names)))
    sizes = np.diff(ends, prepend=0)[alike.asked]
    pair = np.repeat(np.arange(len(alike.asked)), sizes)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    row = rows[(ends[alike.asked] - sizes)[pair] + within]
    return row, _Pairs(alike.listed[pair], alike.likeness[pair])


def _distinct(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each key its number among the distinct ones, and the first row of each of those."""
    codes, distinct = pd.factorize(keys)
    first = np.full(len(distinct), len(keys))
    np.minimum.at(first, codes, np.arange(len(keys)))
    return codes, first
