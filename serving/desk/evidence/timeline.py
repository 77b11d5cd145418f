"""The firm in time: registered, first trade, first listed goods, and what it declared by month."""

from dataclasses import dataclass
from datetime import date

from .past import NotKnown, Past


@dataclass(frozen=True)
class Month:
    """What the firm declared in a month, before the day of the shipment. value: USD.

    listed: how many of the shipments were of goods on the priority list on their day.
    """

    start: date
    shipments: int
    listed: int
    value: float


@dataclass(frozen=True)
class Timeline:
    """Days of a firm, None where the past does not know them.

    on_register: whether `registered` stands on the register; else the firm's number says it.
    records_begin, through: the first and the last day of all that is on record before the day.
    """

    day: date
    listed_now: bool
    registered: date | None
    on_register: bool
    first_trade: date | None
    first_listed: date | None
    records_begin: date | None
    through: date
    months: tuple[Month, ...]


def timeline_of(past: Past) -> Timeline:
    """The days of the firm, and its past 24 months."""
    registered, first_trade = past.value("registration_day"), past.value("first_shipment_of_trader")
    if registered is None and first_trade is None:
        raise NotKnown("pictures.timeline.nothing")
    return Timeline(
        day=past.day,
        listed_now=past.value("listed_goods") == 1,
        registered=registered,
        on_register=past.value("registered_on") is not None,
        first_trade=first_trade,
        first_listed=past.value("first_listed_goods_of_trader"),
        records_begin=past.value("first_shipment_of_all"),
        through=past.through,
        months=_months(past),
    )


def _months(past: Past) -> tuple[Month, ...]:
    amounts = zip(
        past.by_month("shipments_of_trader"),
        past.by_month("listed_shipments_of_trader"),
        past.by_month("value_of_trader"),
        strict=True,
    )
    return tuple(
        Month(start, round(shipments), round(listed), value)
        for start, (shipments, listed, value) in zip(past.month_starts, amounts, strict=True)
    )
