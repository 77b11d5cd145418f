"""The days that a world lives through, month by month, and their working rhythm."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np

from .draw import Array, Generator


def day(when: date | str) -> int:
    """Days since 1970 of a date."""
    return int(np.datetime64(when, "D").astype(int))


@dataclass(frozen=True)
class Calendar:
    """Whole months from the first day to the last, both as days since 1970."""

    first: int
    last: int

    @cached_property
    def months(self) -> list[tuple[int, int]]:
        """First and last day of every month."""
        edges = np.arange(
            np.datetime64(self.first, "D").astype("datetime64[M]"),
            np.datetime64(self.last, "D").astype("datetime64[M]") + 2,
        )
        days = edges.astype("datetime64[D]").astype(int)
        return [(int(low), int(high) - 1) for low, high in pairwise(days)]

    @cached_property
    def busy(self) -> Array:
        """How busy each day is: little at weekends, over New Year and Nauryz, slow growth."""
        days = np.arange(self.first, self.last + 1)
        by_weekday = np.array([1.05, 1.05, 1.05, 1.0, 0.95, 0.17, 0.05])
        busy = by_weekday[(days + 3) % 7] * 1.07 ** ((days - self.first) / 365.25)
        dates = days.astype("datetime64[D]")
        month, of_month = dates.astype("datetime64[M]").astype(int) % 12, _day_of_month(dates)
        busy[(month == 0) & (of_month <= 8)] *= 0.25
        busy[(month == 2) & (of_month >= 21) & (of_month <= 23)] *= 0.2
        return busy

    @cached_property
    def _edges(self) -> Array:
        return np.concatenate([[0.0], np.cumsum(self.busy)])

    def trade(self, first: Array, last: Array) -> Array:
        """How much trade falls between two days, both included, when it follows the rhythm."""
        stop = np.clip(np.asarray(last) + 1 - self.first, 0, len(self.busy))
        start = np.clip(np.asarray(first) - self.first, 0, len(self.busy))
        return np.maximum(self._edges[stop] - self._edges[start], 0.0)

    def open_share(self, first: Array, last: Array, month: int) -> Array:
        """The share of a month's trade that falls between two days each."""
        low, high = self.months[month]
        open_for = self.trade(np.maximum(first, low), np.minimum(last, high))
        return open_for / self.trade(np.array(low), np.array(high))

    def shares(self, rows: int) -> Array:
        """How many of the world's rows each month has: whole numbers that add up to `rows`."""
        first, last = np.array(self.months).T
        ends = np.cumsum(self.trade(first, last)) / self._edges[-1]
        return np.diff(np.concatenate([[0], np.round(ends * rows)])).astype(int)

    def draw(self, rng: Generator, first: Array, last: Array) -> Array:
        """A day in each window, following the rhythm."""
        low, high = np.clip(first, self.first, self.last), np.clip(last, self.first, self.last)
        start, stop = self._edges[low - self.first], self._edges[high + 1 - self.first]
        marks = start + rng.random(len(low)) * (stop - start)
        found = self.first + np.searchsorted(self._edges, marks, "right") - 1
        return np.clip(found, low, high)


def _day_of_month(dates: Array) -> Array:
    return (dates - dates.astype("datetime64[M]").astype("datetime64[D]")).astype(int) + 1
