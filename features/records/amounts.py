"""Amounts in foreign units and currencies become ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from .keys import MappingError, only, wrong
from .kinds import checked, numbers
from .schema import DECLARATIONS


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


def day_of(declared_on: pd.Series) -> pd.Series:
    """The days in a raw column of dates, missing where it holds none."""
    found = checked(declared_on, DECLARATIONS.column("declared_on"), date.max)
    return found.values.set_axis(declared_on.index)


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
