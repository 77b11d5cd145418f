"""The stock of a firm in these goods: what came in, what was sent on, what is left."""

from dataclasses import dataclass
from datetime import date

from .past import NotKnown, Past


@dataclass(frozen=True)
class Month:
    """Kilograms that came in and were sent on in a month, and what was left at its end."""

    start: date
    came_in: float
    sent_on: float
    left: float


@dataclass(frozen=True)
class Ledger:
    """Kilograms of a subheading, by paper, before the day; then this shipment.

    left: what came in and was not sent on; below zero where more left than ever came in.
    """

    goods: str
    day: date
    comes_in: bool
    this: float
    came_in: float
    sent_on: float
    months: tuple[Month, ...]

    @property
    def left(self) -> float:
        """What is left of it before this shipment."""
        return self.came_in - self.sent_on


def ledger_of(past: Past) -> Ledger:
    """The ledger of the firm and the subheading under which the goods came in."""
    goods, mass, leg = past.value("came_in_as"), past.value("net_mass_kg"), past.value("direction")
    if goods is None or mass is None:
        raise NotKnown("pictures.ledger.no_mass")
    if leg not in ("import", "onward"):
        raise NotKnown("pictures.ledger.other_leg")
    came_in, sent_on = past.value("goods_imported_kg"), past.value("goods_sent_on_kg")
    if not came_in and not sent_on:
        raise NotKnown("pictures.ledger.nothing")
    return Ledger(goods, past.day, leg == "import", mass, came_in, sent_on,
                  _months(past, came_in - sent_on))  # fmt: skip


def _months(past: Past, left: float) -> tuple[Month, ...]:
    came_in, sent_on = past.by_month("goods_imported_kg"), past.by_month("goods_sent_on_kg")
    held = left - sum(came_in) + sum(sent_on)
    months = []
    for start, added, taken in zip(past.month_starts, came_in, sent_on, strict=True):
        held += added - taken
        months.append(Month(start, added, taken, held))
    return tuple(months)
