"""What inspections found before the day at the firm, its declarant, partner and office.

Each outcome counts from the day it was known. A party without any outcome has no rate.
"""

from ..arrays import smoothed
from ..declare import fact, signal
from ..values import Values
from .counting import OF_GOODS, OF_IDENTICAL, OF_PARTY, RATES, hits, inspected, where_known

inspected_of_trader, hits_of_trader = inspected("trader_id"), hits("trader_id")
inspected_of_declarant, hits_of_declarant = inspected("declarant_id"), hits("declarant_id")
inspected_of_trader_in_heading = inspected("trader_id", "hs4")
hits_of_trader_in_heading = hits("trader_id", "hs4")
inspected_of_partner, hits_of_partner = inspected("partner_id"), hits("partner_id")
inspected_of_office, hits_of_office = inspected("customs_office"), hits("customs_office")


@fact
def trader_rate(
    hits_of_trader: Values, inspected_of_trader: Values, usual_hit_rate: Values
) -> Values:
    """Hit rate of the firm, drawn towards that of all."""
    return smoothed(hits_of_trader, inspected_of_trader, usual_hit_rate, OF_PARTY)


@signal(
    family="outcomes",
    says="{hits_of_trader:.0f} of {inspected_of_trader:.0f} inspected shipments of the firm were "
    "violations" + RATES,
    unknown="No outcome is known of the firm",
    risk="rises",
)
def trader_hit_rate(trader_rate: Values, inspected_of_trader: Values) -> Values:
    """Share of violations among inspected shipments of the firm, smoothed."""
    return where_known(trader_rate, inspected_of_trader)


@signal(
    family="outcomes",
    says="{hits_of_trader_in_heading:.0f} of {inspected_of_trader_in_heading:.0f} inspected "
    "shipments of the firm in heading {hs4} were violations" + RATES,
    unknown="No outcome is known of the firm in heading {hs4}",
    risk="rises",
)
def trader_heading_hit_rate(
    hits_of_trader_in_heading: Values,
    inspected_of_trader_in_heading: Values,
    trader_rate: Values,
) -> Values:
    """Share of violations among inspected shipments of the firm in the heading, smoothed."""
    rate = smoothed(
        hits_of_trader_in_heading, inspected_of_trader_in_heading, trader_rate, OF_IDENTICAL
    )
    return where_known(rate, inspected_of_trader_in_heading)


@signal(
    family="outcomes",
    says="{hits_of_declarant:.0f} of {inspected_of_declarant:.0f} inspected shipments that the "
    "declarant filed were violations" + RATES,
    unknown="No outcome is known of the declarant",
    risk="rises",
    flags=("S-broker",),
    sees=("T8",),
)
def declarant_hit_rate(
    hits_of_declarant: Values, inspected_of_declarant: Values, usual_hit_rate: Values
) -> Values:
    """Share of violations among inspected shipments that the declarant filed, smoothed."""
    rate = smoothed(hits_of_declarant, inspected_of_declarant, usual_hit_rate, OF_PARTY)
    return where_known(rate, inspected_of_declarant)


@signal(
    family="outcomes",
    says="{hits_of_partner:.0f} of {inspected_of_partner:.0f} inspected shipments of the foreign "
    "partner were violations" + RATES,
    unknown="No outcome is known of the foreign partner",
    risk="rises",
)
def partner_hit_rate(
    hits_of_partner: Values, inspected_of_partner: Values, usual_hit_rate: Values
) -> Values:
    """Share of violations among inspected shipments of the foreign partner, smoothed."""
    rate = smoothed(hits_of_partner, inspected_of_partner, usual_hit_rate, OF_PARTY)
    return where_known(rate, inspected_of_partner)


@signal(
    family="outcomes",
    says="{hits_of_office:.0f} of {inspected_of_office:.0f} inspected shipments at office "
    "{customs_office} were violations" + RATES,
    unknown="No outcome is known of office {customs_office}",
    sees=("T8",),
)
def office_hit_rate(
    hits_of_office: Values, inspected_of_office: Values, usual_hit_rate: Values
) -> Values:
    """Share of violations among inspected shipments at the customs office, smoothed.

    It may do either: a corrupt post finds too little where risk is high.
    """
    rate = smoothed(hits_of_office, inspected_of_office, usual_hit_rate, OF_GOODS)
    return where_known(rate, inspected_of_office)
