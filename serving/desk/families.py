"""The families of signals as a page tells them: what each added, its reasons, all its signals."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from shiprisk.features import FAMILIES, SIGNALS, Signal

from ..advice import format_of
from ..audit import Given

_SIGNALS = {signal.name: signal for signal in SIGNALS}

# So many reasons of a family stand in the open; all that were told are among its signals.
_IN_THE_OPEN = 4


class Measured(NamedTuple):
    """A signal as it was recorded. shown: its value, None where not known. added: log-odds, None
    where the answer does not tell."""

    name: str
    shown: str | None
    added: float | None


@dataclass(frozen=True)
class Part:
    """A family of signals. added: log-odds in all. reasons: the strongest that were put into words.

    signals: all of the family, those with a told contribution first. further, added_further: how
    many have none, and what these added together.
    """

    family: str
    added: float
    reasons: Sequence[Mapping[str, Any]]
    signals: Sequence[Measured]
    further: int
    added_further: float


def parts_of(given: Given, answer: Mapping[str, Any], hidden: Collection[str] = ()) -> list[Part]:
    """The families of an answer, the one that moved the risk most first.

    hidden: signals whose values are not told.
    """
    families: Mapping[str, float] = answer["families"] or {}
    order = sorted(families, key=lambda family: (-abs(families[family]), FAMILIES.index(family)))
    moved = [family for family in order if not math.isclose(families[family], 0, abs_tol=1e-12)]
    return [_part(given, answer, family, hidden) for family in moved]


def _part(given: Given, answer: Mapping[str, Any], family: str, hidden: Collection[str]) -> Part:
    added: float = answer["families"][family]
    told = [reason for reason in answer["reasons"] if reason["family"] == family]
    told.sort(key=lambda reason: -abs(reason["contribution"]))
    signals = _measured(given, family, hidden, {x["signal"]: x["contribution"] for x in told})
    rest = added - sum(reason["contribution"] for reason in told)
    return Part(
        family, added, told[:_IN_THE_OPEN], signals, sum(x.added is None for x in signals), rest
    )


def _measured(
    given: Given, family: str, hidden: Collection[str], added: Mapping[str, float]
) -> list[Measured]:
    """The recorded signals of a family; one of another version has no family here."""
    values = zip(given.circumstances.signals, given.signals.tolist(), strict=True)
    found = [
        Measured(name, _shown(_SIGNALS[name], value), added.get(name))
        for name, value in values
        if name in _SIGNALS and _SIGNALS[name].family == family and name not in hidden
    ]
    return sorted(found, key=lambda one: -abs(one.added) if one.added is not None else math.inf)


def _shown(signal: Signal, value: float) -> str | None:
    if math.isnan(value):
        return None
    return signal.decode(value) if signal.decode else format(value, format_of(signal))
