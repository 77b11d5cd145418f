"""Whether one consignment seems to be cut into several small ones."""

from typing import Any

import numpy as np

from ..arrays import as_number, ratio, smoothed
from ..columns import each_text
from ..declare import fact, signal
from ..lists import threshold_meaning, thresholds_on
from ..trailing import Trailing
from ..values import Values, known, missing, where

_PARTS = ("trader_id", "hs4", "partner_country")

small_parts_in_2_days = Trailing(by=_PARTS, of="small_shipment", days=2)
value_of_small_parts_in_2_days = Trailing(by=_PARTS, of="small_value_usd", days=2)
small_shipments_of_trader_in_heading_in_30_days = Trailing(
    by=("trader_id", "hs4"), of="small_shipment", days=30
)
shipments_of_trader_in_heading_in_30_days = Trailing(by=("trader_id", "hs4"), days=30)
small_shipments_in_heading = Trailing(by=("hs4",), of="small_shipment", days=365)
shipments_in_heading_in_year = Trailing(by=("hs4",), days=365)


@fact
def small_shipment(customs_value_usd: Values, declared_on: Values) -> Values:
    """1 where the declared value is not above the lowest threshold of the day."""
    lowest = thresholds_on(declared_on)[0]
    told = known(customs_value_usd) & (lowest < np.inf)
    return as_number(customs_value_usd <= lowest, told)


@fact
def small_value_usd(small_shipment: Values, customs_value_usd: Values) -> Values:
    """The declared value of a small shipment, missing elsewhere."""
    return where(small_shipment == 1, customs_value_usd, np.nan)


@fact
def threshold_above(customs_value_usd: Values, declared_on: Values) -> Values:
    """The lowest threshold of the day that the declared value does not exceed, if there is one."""
    found: Any = np.nan
    for thresholds in thresholds_on(declared_on)[::-1]:
        reaches = (customs_value_usd <= thresholds) & (thresholds < np.inf)
        found = where(reaches, thresholds, found)
    return found


@fact
def asked_above_threshold(threshold_above: Values) -> Values:
    """What is asked of values above that threshold."""
    return each_text(threshold_above, threshold_meaning)


@signal(
    family="conduct",
    asks="invoice",
    says="The declared value reaches {value:.0%} of {threshold_above:,.0f} USD, above which "
    "{asked_above_threshold}",
    otherwise="The declared value lies above every threshold of the table",
    risk="rises",
    flags=("A004-6", "UK-small-orders"),
    sees=("T10",),
)
def near_below_threshold(customs_value_usd: Values, threshold_above: Values) -> Values:
    """Declared value over the next threshold above it; 0 where it lies above all of them."""
    share = ratio(customs_value_usd, threshold_above)
    above_all = where(customs_value_usd > 0, 0.0, np.nan)
    return where(missing(threshold_above), above_all, share)


@signal(
    family="conduct",
    asks="consignment",
    says="The shipment is small, as were {value:.0f} by the firm of heading {hs4} from the same "
    "country in the two days before, worth {value_of_small_parts_in_2_days:,.0f} USD together",
    otherwise="The shipment is not small, or no small one like it came in the two days before",
    risk="rises",
    flags=("A004-6", "UK-small-orders"),
    sees=("T10",),
)
def small_parts_before(small_shipment: Values, small_parts_in_2_days: Values) -> Values:
    """Where the shipment is small: how many small ones like it there were in the two days before.

    Alike are declarations of the same firm, heading and country of the partner. Those of the same
    day do not count: nothing of the day itself may.
    """
    return small_shipment * small_parts_in_2_days


@signal(
    family="conduct",
    asks="consignment",
    says="{small_shipments_of_trader_in_heading_in_30_days:.0f} of the firm's "
    "{shipments_of_trader_in_heading_in_30_days:.0f} shipments of heading {hs4} in the past 30 "
    "days were small ({small_shipments_in_heading:.0f} of {shipments_in_heading_in_year:.0f} of "
    "all firms in a year)",
    unknown="No declaration of heading {hs4} by the firm is on record in the past 30 days",
    risk="rises",
    flags=("A004-6", "UK-small-orders"),
    sees=("T10",),
)
def small_shipments_excess(
    small_shipments_of_trader_in_heading_in_30_days: Values,
    shipments_of_trader_in_heading_in_30_days: Values,
    small_shipments_in_heading: Values,
    shipments_in_heading_in_year: Values,
) -> Values:
    """Share of small shipments in the firm's past 30 days of the heading, above that of all firms.

    The firm's share is smoothed towards that of all firms. Small is a value not above the lowest
    threshold of the day.
    """
    usual = ratio(small_shipments_in_heading, shipments_in_heading_in_year)
    own = smoothed(
        small_shipments_of_trader_in_heading_in_30_days,
        shipments_of_trader_in_heading_in_30_days,
        usual,
        weight=3,
    )
    return where(shipments_of_trader_in_heading_in_30_days > 0, own - usual, np.nan)
