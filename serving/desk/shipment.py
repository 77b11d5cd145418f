"""What a page tells of a scored shipment, in the order in which a reviewer reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shiprisk.features import DECLARATIONS, RED_FLAGS, SIGNALS, SOURCES

from ..advice import papers
from ..audit import Given
from .families import Part, parts_of
from .waterfall import Bar

_SIGNALS = {signal.name: signal for signal in SIGNALS}
SENSITIVE = frozenset(signal.name for signal in SIGNALS if signal.sensitive)

# The columns that a reviewer looks for first; all others follow.
_FIRST = (
    "declared_on", "direction", "trader_name", "trader_id", "partner_name", "partner_id",
    "hs_code", "description", "country_of_origin", "country_of_dispatch", "trading_country",
    "net_mass_kg", "customs_value_usd",
)  # fmt: skip


@dataclass(frozen=True)
class Flag:
    """A red flag that stands: its id, and who published it."""

    name: str
    source: str
    official: bool


@dataclass(frozen=True)
class Shipment:
    """A scored goods item, for a page.

    answer: as it was given. place, of: among the shipments of its day by risk. parts: by strength.
    cells: name and value of what was declared.
    """

    given: Given
    answer: Mapping[str, Any]
    place: int
    of: int
    parts: Sequence[Part]
    flags: Sequence[Flag]
    cells: Sequence[tuple[str, str]]

    @classmethod
    def of_record(cls, given: Given, place: int, of: int) -> "Shipment":
        """What the audit record holds of a score, and its place on its day."""
        answer = given.told
        return cls(
            given,
            answer,
            place,
            of,
            parts_of(given, answer),
            _flags(answer),
            _cells(given.received),
        )

    def without_owner_nationality(self) -> "Shipment":
        """The same without what names where owners come from; what it added in all stays."""
        told = [reason for reason in self.answer["reasons"] if reason["signal"] not in SENSITIVE]
        answer = {**self.answer, "reasons": told}
        parts = parts_of(self.given, answer, hidden=SENSITIVE)
        cells = [cell for cell in self.cells if cell[0] != "owner_nationalities"]
        return replace(self, answer=answer, parts=parts, flags=_flags(answer), cells=cells)

    @property
    def raising(self) -> list[Part]:
        """The families that raised the risk, the strongest first."""
        return [part for part in self.parts if part.added > 0]

    @property
    def lowering(self) -> list[Part]:
        """Those that lowered it."""
        return [part for part in self.parts if part.added < 0]

    @property
    def first_three(self) -> list[Mapping[str, Any]]:
        """The three strongest reasons for the risk, or what there is."""
        raising = [r for r in self.answer["reasons"] if r["contribution"] > 0]
        return sorted(raising, key=lambda reason: -float(reason["contribution"]))[:3]

    @property
    def advice(self) -> dict[str, Any]:
        """What may be done about it; of a batch only what its reasons ask for is known."""
        asks = {name: signal.asks for name, signal in _SIGNALS.items()}
        known = [r for r in self.answer["reasons"] if r["signal"] in asks]
        told = {"ask_for": papers(asks, known), "below": None, "similar": []}
        return {name: self.answer.get(name, other) for name, other in told.items()}

    @property
    def bars(self) -> list[Bar]:
        """The way from the base to the risk, family by family; empty if none was worked out."""
        if not self.parts:
            return []
        at, bars = self.answer["base"], []
        for part in self.parts:
            bars.append(Bar(part.family, at, at + part.added))
            at += part.added
        return bars


def _flags(answer: Mapping[str, Any]) -> list[Flag]:
    names = dict.fromkeys(flag for reason in answer["reasons"] for flag in reason["flags"])
    known = [(name, RED_FLAGS[name]) for name in names if name in RED_FLAGS]
    return [
        Flag(name, SOURCES[flag.source].name, SOURCES[flag.source].official) for name, flag in known
    ]


def _cells(received: Mapping[str, Any]) -> list[tuple[str, str]]:
    further = [column.name for column in DECLARATIONS.every_column if column.name not in _FIRST]
    there = [name for name in (*_FIRST, *further) if received.get(name) not in (None, "")]
    return [(name, str(received[name])) for name in there]
