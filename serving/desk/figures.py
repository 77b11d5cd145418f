"""How the desk is doing: what inspections found, by week, by reason, and against the risk told."""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

_Key = TypeVar("_Key", bound=Hashable)

# Of a normal distribution: 95 % lie so many deviations around the mean.
_Z = 1.959964

# Limits between which risks are held against what was found.
_BINS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)


class Rate(NamedTuple):
    """So many violations among those inspected, and where the true rate lies at 95 %."""

    found: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Violations per inspection; NaN without any."""
        return self.found / self.of if self.of else math.nan

    @classmethod
    def of_counts(cls, found: int, of: int) -> "Rate":
        """With Wilson's interval, which also holds for few."""
        if not of:
            return cls(0, 0, 0.0, 1.0)
        share, more = found / of, _Z**2 / of
        middle = (share + more / 2) / (1 + more)
        half = _Z * math.sqrt(share * (1 - share) / of + more / (4 * of)) / (1 + more)
        return cls(found, of, max(0.0, middle - half), min(1.0, middle + half))


class Inspected(NamedTuple):
    """A shipment that was inspected. risk, family: of its riskiest item, as told before."""

    known_on: date
    violation: bool
    selected_by: str | None
    risk: float
    family: str | None


class Bin(NamedTuple):
    """Shipments of like risk. told: their mean risk."""

    told: float
    rate: Rate


@dataclass(frozen=True)
class Figures:
    """What inspections found. weeks: from the first to the last, by route; the rest in all."""

    weeks: Sequence[tuple[date, dict[str, Rate]]]
    by_route: dict[str, Rate]
    by_family: dict[str, Rate]
    bins: Sequence[Bin]

    @classmethod
    def of(cls, inspected: Sequence[Inspected]) -> "Figures":
        """The figures of what was inspected, in any order."""
        weeks = _grouped(inspected, lambda one: _monday(one.known_on))
        return cls(
            [(week, _rates(some, _route)) for week, some in sorted(weeks.items())],
            _rates(inspected, _route),
            _rates(inspected, lambda one: one.family or ""),
            _bins(inspected),
        )


def _bins(inspected: Sequence[Inspected]) -> list[Bin]:
    """By risk; only what was chosen by the model or by chance, as a tip knows more than it."""
    held = [one for one in inspected if one.selected_by in ("model", "random")]
    binned = _grouped(held, lambda one: sum(one.risk >= limit for limit in _BINS[1:-1]))
    return [
        Bin(sum(one.risk for one in some) / len(some), _rate(some))
        for _, some in sorted(binned.items())
    ]


def _rates(inspected: Sequence[Inspected], key: Callable[[Inspected], str]) -> dict[str, Rate]:
    return {name: _rate(some) for name, some in sorted(_grouped(inspected, key).items())}


def _rate(some: Sequence[Inspected]) -> Rate:
    return Rate.of_counts(sum(one.violation for one in some), len(some))


def _grouped(
    inspected: Sequence[Inspected], key: Callable[[Inspected], _Key]
) -> dict[_Key, list[Inspected]]:
    groups: dict[_Key, list[Inspected]] = {}
    for one in inspected:
        groups.setdefault(key(one), []).append(one)
    return groups


def _route(one: Inspected) -> str:
    return one.selected_by or "other"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
