"""When the firm turned to priority goods: against its registration, the sanctions, its silence."""

import numpy as np

from ..arrays import as_number, at_least, days_between
from ..declare import fact, signal
from ..lists import export_controls_since
from ..trailing import Trailing
from ..values import Values, known, missing, no_day, where

first_listed_of_trader = Trailing(by=("trader_id",), of="listed_goods", take="first_day")
last_shipment_of_trader = Trailing(by=("trader_id",), take="last_day")


@fact
def first_listed_day(
    first_listed_of_trader: Values, listed_goods: Values, declared_on: Values
) -> Values:
    """When the firm first declared priority goods: today, if these are the first."""
    today = where(listed_goods == 1, declared_on, no_day(declared_on))
    return where(missing(first_listed_of_trader), today, first_listed_of_trader)


@signal(
    family="firm",
    says="The firm first dealt in priority goods {value:.0f} days after it was registered",
    otherwise="The firm dealt in priority goods on the day it was registered",
    unknown="No priority goods of the firm are on record, or its beginnings are not",
    risk="falls",
    flags=("A004-1", "A004-2", "UK-new-firm"),
    sees=("T1",),
)
def registered_to_first_listed_days(
    registration_day: Values, first_listed_day: Values, first_shipment_of_all: Values
) -> Values:
    """Days from the firm's registration to its first listed goods, these if there are none.

    Missing for a firm registered before the records begin: its first may lie before them.
    """
    days = at_least(days_between(registration_day, first_listed_day), 0)
    return where(registration_day >= first_shipment_of_all, days, np.nan)


@signal(
    family="firm",
    says="The firm was registered after wide export controls began (on {registration_day}) and "
    "deals in priority goods",
    otherwise="The firm is older than wide export controls, or these are not priority goods",
    risk="rises",
    flags=("A004-1", "A004-2", "UK-new-firm"),
    sees=("T1",),
)
def registered_after_controls_for_listed(registration_day: Values, listed_goods: Values) -> Values:
    """Whether a firm registered after wide export controls began deals in listed goods."""
    after = registration_day >= export_controls_since(registration_day)
    told = known(registration_day) & known(listed_goods)
    return as_number(after & (listed_goods == 1), told)


@signal(
    family="firm",
    says="The firm last traded {value:.0f} days ago",
    unknown="No earlier declaration of the firm is on record",
)
def days_since_last_shipment(last_shipment_of_trader: Values, declared_on: Values) -> Values:
    """Days since the firm's last declaration on an earlier day; missing for a firm never seen."""
    return days_between(last_shipment_of_trader, declared_on)


@signal(
    family="firm",
    asks="firm",
    says="The firm was silent for {days_since_last_shipment:.0f} days before these priority goods",
    otherwise="The goods are not on the priority list, or the firm traded within 90 days",
    unknown="No earlier declaration of the firm is on record",
    risk="rises",
    flags=("A004-3", "A004-4"),
    sees=("T1",),
)
def woken_for_priority_goods(days_since_last_shipment: Values, priority_weight: Values) -> Values:
    """Weight of listed goods times the years of silence before them, beyond the first 90 days."""
    years = at_least(days_since_last_shipment - 90, 0) / 365
    return priority_weight * years
