"""Who files the declaration, for whom else, and at which office."""

import numpy as np

from ..arrays import days_between, differ, log1p, ratio, smoothed
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, where

shipments_of_declarant_in_year = Trailing(by=("declarant_id",), days=365)
listed_shipments_of_declarant_in_year = Trailing(by=("declarant_id",), of="listed_goods", days=365)
young_shipments_of_declarant_in_year = Trailing(by=("declarant_id",), of="young_firm", days=365)
listed_shipments_of_declarant_in_90_days = Trailing(
    by=("declarant_id",), of="listed_goods", days=90
)
listed_shipments_of_declarant_in_455_days = Trailing(
    by=("declarant_id",), of="listed_goods", days=90 + 365
)
first_shipment_by_declarant = Trailing(by=("trader_id", "declarant_id"), take="first_day")
shipments_of_office_in_year = Trailing(by=("customs_office",), days=365)
listed_shipments_of_office_in_year = Trailing(by=("customs_office",), of="listed_goods", days=365)

# So many declarations with the usual share of priority goods are added to those of an office.
OF_OFFICE = 50.0


@signal(
    family="broker",
    says="The declaration is filed by a broker ({declarant_id})",
    otherwise="The firm files the declaration itself",
)
def filed_by_broker(trader_id: Values, declarant_id: Values) -> Values:
    """Whether someone else than the firm files the declaration."""
    return differ(trader_id, declarant_id)


@signal(
    family="broker",
    says="{value:.0%} of the {shipments_of_declarant_in_year:.0f} declarations that the declarant "
    "filed in the past year were of priority goods",
    risk="rises",
    flags=("S-broker",),
    sees=("T8",),
)
def declarant_priority_share(
    listed_shipments_of_declarant_in_year: Values, shipments_of_declarant_in_year: Values
) -> Values:
    """Share of listed goods in what the declarant filed in the past year."""
    return ratio(listed_shipments_of_declarant_in_year, shipments_of_declarant_in_year)


@signal(
    family="broker",
    says="{value:.0%} of the {shipments_of_declarant_in_year:.0f} declarations that the declarant "
    "filed in the past year were for firms under a year old",
    risk="rises",
    flags=("S-broker",),
    sees=("T8",),
)
def declarant_young_client_share(
    young_shipments_of_declarant_in_year: Values, shipments_of_declarant_in_year: Values
) -> Values:
    """Share of firms under a year old in what the declarant filed in the past year."""
    return ratio(young_shipments_of_declarant_in_year, shipments_of_declarant_in_year)


@signal(
    family="broker",
    says="The declarant first filed for this firm {value:.0f} days ago",
    unknown="No earlier declaration of the firm by this declarant is on record",
    risk="falls",
    flags=("S-broker",),
)
def days_with_declarant(first_shipment_by_declarant: Values, declared_on: Values) -> Values:
    """Days since the declarant first filed for the firm; missing the first time."""
    return days_between(first_shipment_by_declarant, declared_on)


@signal(
    family="broker",
    says="The declarant filed {listed_shipments_of_declarant_in_90_days:.0f} declarations of "
    "priority goods in the past 90 days, against {usual_listed_of_declarant_in_90_days:.1f} per "
    "90 days in the year before",
    risk="rises",
    flags=("S-broker",),
    sees=("T8",),
)
def declarant_priority_surge(
    listed_shipments_of_declarant_in_90_days: Values,
    usual_listed_of_declarant_in_90_days: Values,
) -> Values:
    """Growth of the declarant's filings of listed goods: log of 90 days over the year before."""
    recent = log1p(listed_shipments_of_declarant_in_90_days)
    return recent - log1p(usual_listed_of_declarant_in_90_days)


@fact
def usual_listed_of_declarant_in_90_days(
    listed_shipments_of_declarant_in_455_days: Values,
    listed_shipments_of_declarant_in_90_days: Values,
) -> Values:
    """Filings of listed goods per 90 days by the declarant, in the year before the past 90 days."""
    before = listed_shipments_of_declarant_in_455_days - listed_shipments_of_declarant_in_90_days
    return before * (90 / 365)


@signal(
    family="broker",
    says="{listed_shipments_of_office_in_year:.0f} of {shipments_of_office_in_year:.0f} "
    "declarations at office {customs_office} in the past year were of priority goods (smoothed "
    "{value:.0%}, usual {usual_listed_share:.0%})",
    unknown="No declaration of the past year at office {customs_office} is on record",
    flags=("own-complicit-post",),
    sees=("T8",),
)
def office_priority_share(
    listed_shipments_of_office_in_year: Values,
    shipments_of_office_in_year: Values,
    usual_listed_share: Values,
) -> Values:
    """Share of listed goods in the past year's declarations at the customs office, smoothed."""
    share = smoothed(
        listed_shipments_of_office_in_year,
        shipments_of_office_in_year,
        usual_listed_share,
        OF_OFFICE,
    )
    return where(shipments_of_office_in_year > 0, share, np.nan)
