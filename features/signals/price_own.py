"""What the goods cost beside what the same firm and the same partner asked and paid before."""

import numpy as np

from ..arrays import exp, ratio, within
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, where

YEAR = 365

# A ratio of prices beyond these says no more than that it is far off.
LEAST, MOST = 0.01, 100.0

prices_of_trader_in_heading = Trailing(by=("trader_id", "hs4"), of="has_price", days=YEAR)
log_price_sum_of_trader_in_heading = Trailing(
    by=("trader_id", "hs4"), of="log_value_per_kg", days=YEAR
)
prices_of_partner_in_heading = Trailing(by=("partner_id", "hs4"), of="has_price", days=YEAR)
log_price_sum_of_partner_in_heading = Trailing(
    by=("partner_id", "hs4"), of="log_value_per_kg", days=YEAR
)


@fact
def own_value_per_kg(
    log_price_sum_of_trader_in_heading: Values, prices_of_trader_in_heading: Values
) -> Values:
    """The firm's usual (geometric mean) price of the heading in the past year, USD per kg."""
    return exp(ratio(log_price_sum_of_trader_in_heading, prices_of_trader_in_heading))


@fact
def partners_value_per_kg(
    log_price_sum_of_partner_in_heading: Values, prices_of_partner_in_heading: Values
) -> Values:
    """The partner's usual (geometric mean) price of the heading in the past year, USD per kg."""
    return exp(ratio(log_price_sum_of_partner_in_heading, prices_of_partner_in_heading))


@signal(
    family="price",
    asks="invoice",
    says="{value_per_kg:,.2f} USD per kg is {value:.2f} times the usual {own_value_per_kg:,.2f} of "
    "the firm's own {prices_of_trader_in_heading:.0f} shipments of heading {hs4} in the past year",
    unknown="No price of the firm for heading {hs4} is on record in the past year",
    flags=("A004-8", "UK-overpay"),
    sees=("T9",),
)
def price_to_own_past(value_per_kg: Values, own_value_per_kg: Values) -> Values:
    """Price per kg over what the firm usually declared for the heading in the past year."""
    return _times(value_per_kg, own_value_per_kg)


@signal(
    family="price",
    asks="invoice",
    says="{value_per_kg:,.2f} USD per kg is {value:.2f} times the usual "
    "{partners_value_per_kg:,.2f} of the partner's {prices_of_partner_in_heading:.0f} shipments of "
    "heading {hs4} to any firm in the past year",
    unknown="No price of the partner for heading {hs4} is on record in the past year",
    flags=("A004-8", "UK-overpay"),
    sees=("T9",),
)
def price_to_partners_past(value_per_kg: Values, partners_value_per_kg: Values) -> Values:
    """Price per kg over what the partner usually asked of all firms for the heading in a year."""
    return _times(value_per_kg, partners_value_per_kg)


def _times(price: Values, usual: Values) -> Values:
    times = ratio(price, usual)
    return where(price > 0, within(times, LEAST, MOST), np.nan)
