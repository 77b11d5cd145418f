"""Who the foreign partner is: new to the firm, new to everyone, and what it sends."""

import numpy as np

from ..arrays import as_number, days_between, smoothed
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, known, missing, where

first_shipment_of_partner = Trailing(by=("partner_id",), take="first_day")
shipments_of_partner_in_year = Trailing(by=("partner_id",), days=365)
listed_shipments_of_partner_in_year = Trailing(by=("partner_id",), of="listed_goods", days=365)
shipments_of_all_in_year = Trailing(by=(), days=365)
listed_shipments_of_all_in_year = Trailing(by=(), of="listed_goods", days=365)


@signal(
    family="conduct",
    says="The partner was first seen trading with any firm {value:.0f} days ago",
    unknown="No earlier declaration of any firm with this partner is on record",
    risk="falls",
    flags=("A003-new-partners",),
    sees=("T7",),
)
def partner_known_days(first_shipment_of_partner: Values, declared_on: Values) -> Values:
    """Days since any firm's first declaration with the foreign partner; missing at the first."""
    return days_between(first_shipment_of_partner, declared_on)


@signal(
    family="conduct",
    says="In {shipments_of_trader:.0f} earlier declarations the firm never traded with this "
    "partner",
    otherwise="The firm has traded with this partner before",
    risk="rises",
    flags=("A003-new-partners",),
    sees=("T7",),
)
def partner_new_to_trader(
    first_shipment_with_partner: Values,
    shipments_of_trader: Values,
    partner_id: Values,
) -> Values:
    """Whether a firm that has traded before trades with the partner for the first time."""
    told = (shipments_of_trader > 0) & known(partner_id)
    return as_number(missing(first_shipment_with_partner), told)


@fact
def priority_share_in_year(
    listed_shipments_of_all_in_year: Values, shipments_of_all_in_year: Values
) -> Values:
    """The share of listed goods in all declarations of the past year, never quite zero."""
    return (listed_shipments_of_all_in_year + 1) / (shipments_of_all_in_year + 100)


@signal(
    family="conduct",
    says="{listed_shipments_of_partner_in_year:.0f} of {shipments_of_partner_in_year:.0f} "
    "declarations with this partner in the past year were of priority goods (smoothed "
    "{value:.0%}, of all {priority_share_in_year:.0%})",
    unknown="No declaration with this partner is on record in the past year",
    risk="rises",
    flags=("own-partner",),
)
def partner_priority_share(
    listed_shipments_of_partner_in_year: Values,
    shipments_of_partner_in_year: Values,
    priority_share_in_year: Values,
) -> Values:
    """Share of listed goods in the partner's trade with all firms in the past year, smoothed."""
    share = smoothed(
        listed_shipments_of_partner_in_year,
        shipments_of_partner_in_year,
        priority_share_in_year,
        weight=5,
    )
    return where(shipments_of_partner_in_year > 0, share, np.nan)
