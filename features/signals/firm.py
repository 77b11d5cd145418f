"""Who the firm is: how old, since when it trades, and whether the goods are its business."""

from datetime import date

import numpy as np

from ..arrays import as_number, at_least, days_between, log, log1p, ratio
from ..columns import each_text
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import DAY, Values, known, missing, where

YEAR = 365
# Added to both sides of a comparison of values, so that trifles are no surge.
TRIFLE_USD = 1000.0

first_shipment_of_trader = Trailing(by=("trader_id",), take="first_day")
first_shipment_of_all = Trailing(by=(), take="first_day")
shipments_of_trader_in_90_days = Trailing(by=("trader_id",), days=90)
shipments_of_trader_in_455_days = Trailing(by=("trader_id",), days=90 + YEAR)
value_of_trader_in_90_days = Trailing(by=("trader_id",), of="customs_value_usd", days=90)
value_of_trader_in_455_days = Trailing(by=("trader_id",), of="customs_value_usd", days=90 + YEAR)
shipments_of_activity = Trailing(by=("activity_code",))
shipments_of_activity_in_heading = Trailing(by=("activity_code", "hs4"))


@fact
def registration_day(registered_on: Values, trader_id: Values) -> Values:
    """When the firm was registered: from the register, or else the month that a BIN carries."""
    from_number = each_text(trader_id, _bin_month, dtype=DAY)
    return where(missing(registered_on), from_number, registered_on)


@signal(
    family="firm",
    says="The firm was registered {value:.0f} days before this declaration",
    risk="falls",
    flags=("A004-1", "A004-2", "UK-new-firm"),
    sees=("T1",),
)
def firm_age_days(registration_day: Values, declared_on: Values) -> Values:
    """Age of the firm in days on the day of the declaration."""
    age = days_between(registration_day, declared_on)
    return at_least(age, 0)


@signal(
    family="firm",
    says="The firm was first seen trading {value:.0f} days ago",
    unknown="No earlier declaration of the firm is on record",
    risk="falls",
    flags=("A004-3",),
    sees=("T1",),
)
def days_since_first_shipment(first_shipment_of_trader: Values, declared_on: Values) -> Values:
    """Days since the firm's first declaration on record; missing for a firm never seen."""
    return days_between(first_shipment_of_trader, declared_on)


@signal(
    family="firm",
    says="The firm has {value:.0f} earlier declarations on record",
    otherwise="The firm has never been seen trading before",
    risk="falls",
    flags=("A004-3",),
    sees=("T1",),
)
def earlier_shipments(shipments_of_trader: Values) -> Values:
    """How many declarations of the firm are on record before the day."""
    return shipments_of_trader


@signal(
    family="firm",
    says="The firm first traded {value:.0f} days after it was registered",
    risk="falls",
    flags=("A004-1",),
    sees=("T1",),
)
def registered_to_first_shipment_days(
    registration_day: Values,
    first_shipment_of_trader: Values,
    first_shipment_of_all: Values,
    declared_on: Values,
) -> Values:
    """Days from the firm's registration to its first declaration, this one if there is none.

    Missing for a firm registered before the records begin: its first trade may lie before them.
    """
    never = missing(first_shipment_of_trader)
    first = where(never, declared_on, first_shipment_of_trader)
    days = at_least(days_between(registration_day, first), 0)
    return where(registration_day >= first_shipment_of_all, days, np.nan)


@signal(
    family="firm",
    asks="firm",
    says="A firm {firm_age_days:.0f} days old deals in goods of priority tier {tier_in_force:.0f}",
    otherwise="The goods are not on the priority list, or the firm is three years old or more",
    risk="rises",
    flags=("A004-1", "A004-2", "UK-new-firm"),
    sees=("T1",),
)
def young_firm_in_priority_goods(firm_age_days: Values, priority_weight: Values) -> Values:
    """Weight of listed goods, halved for every year of the firm's age; 0 from three years on."""
    weight = priority_weight * 0.5 ** (firm_age_days / YEAR)
    return where(firm_age_days >= 3 * YEAR, 0 * priority_weight, weight)


@signal(
    family="firm",
    asks="firm",
    says="The firm made {shipments_of_trader_in_90_days:.0f} declarations in the past 90 days, "
    "against {usual_in_90_days:.1f} per 90 days in the year before",
    risk="rises",
    flags=("A004-4",),
    sees=("T1",),
)
def trade_surge(shipments_of_trader_in_90_days: Values, usual_in_90_days: Values) -> Values:
    """Growth of the firm's trade: log of the past 90 days over the year before, per 90 days."""
    return log1p(shipments_of_trader_in_90_days) - log1p(usual_in_90_days)


@fact
def usual_in_90_days(
    shipments_of_trader_in_455_days: Values, shipments_of_trader_in_90_days: Values
) -> Values:
    """Declarations of the firm per 90 days, in the year before the past 90 days."""
    return (shipments_of_trader_in_455_days - shipments_of_trader_in_90_days) * (90 / YEAR)


@signal(
    family="firm",
    asks="firm",
    says="The firm declared {value_of_trader_in_90_days:,.0f} USD in the past 90 days, against "
    "{usual_value_in_90_days:,.0f} USD per 90 days in the year before",
    unknown="No value declared by the firm in the past 15 months is on record",
    risk="rises",
    flags=("A004-4",),
    sees=("T1",),
)
def value_surge(
    value_of_trader_in_90_days: Values,
    usual_value_in_90_days: Values,
    value_of_trader_in_455_days: Values,
) -> Values:
    """Growth of the firm's trade in value: log of the past 90 days over the year before."""
    growth = ratio(value_of_trader_in_90_days + TRIFLE_USD, usual_value_in_90_days + TRIFLE_USD)
    return where(value_of_trader_in_455_days > 0, log(growth), np.nan)


@fact
def usual_value_in_90_days(
    value_of_trader_in_455_days: Values, value_of_trader_in_90_days: Values
) -> Values:
    """USD that the firm declared per 90 days, in the year before the past 90 days."""
    return (value_of_trader_in_455_days - value_of_trader_in_90_days) * (90 / YEAR)


@signal(
    family="firm",
    asks="firm",
    says="Firms with activity code {activity_code} declared heading {hs4} "
    "{shipments_of_activity_in_heading:.0f} times in {shipments_of_activity:.0f} declarations",
    risk="falls",
    flags=("A004-business-line", "UK-business-line"),
    sees=("T2",),
)
def activity_fits_goods(
    shipments_of_activity_in_heading: Values,
    shipments_of_activity: Values,
    heading_share_overall: Values,
) -> Values:
    """How much more often this line of business trades the heading than all firms do (log)."""
    expected = (shipments_of_activity + 1) * heading_share_overall
    return log(ratio(shipments_of_activity_in_heading + heading_share_overall, expected))


@fact
def young_firm(firm_age_days: Values) -> Values:
    """1 where the firm is less than a year old."""
    return as_number(firm_age_days < YEAR, known(firm_age_days))


def _bin_month(trader_id: str) -> date | None:
    """The month in a Kazakh BIN. Its fifth digit is 4 to 6; a person's number has 0 to 3 there."""
    is_bin = len(trader_id) == 12 and trader_id.isdigit() and trader_id[4] in "456"
    month = int(trader_id[2:4]) if is_bin else 0
    if not 1 <= month <= 12:
        return None
    century = 2000 if int(trader_id[:2]) < 50 else 1900
    return date(century + int(trader_id[:2]), month, 1)
