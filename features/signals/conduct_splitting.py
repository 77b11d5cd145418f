"""Whether one consignment seems to be cut into several small ones."""

import numpy as np

from ..arrays import as_number, ratio, smoothed
from ..declare import fact, signal
from ..lists import thresholds_on
from ..trailing import Trailing

_PARTS = ("trader_id", "hs4", "partner_country")

parts_in_2_days = Trailing(by=_PARTS, days=2)
value_of_parts_in_2_days = Trailing(by=_PARTS, of="customs_value_usd", days=2)
small_shipments_of_trader_in_heading_in_30_days = Trailing(
    by=("trader_id", "hs4"), of="small_shipment", days=30
)
shipments_of_trader_in_heading_in_30_days = Trailing(by=("trader_id", "hs4"), days=30)
small_shipments_in_heading = Trailing(by=("hs4",), of="small_shipment", days=365)
shipments_in_heading_in_year = Trailing(by=("hs4",), days=365)


@fact
def small_shipment(customs_value_usd: np.ndarray, declared_on: np.ndarray) -> np.ndarray:
    """1 where the declared value is not above the lowest threshold of the day."""
    lowest = thresholds_on(declared_on)[:, 0]
    known = ~np.isnan(customs_value_usd) & np.isfinite(lowest)
    return as_number(customs_value_usd <= lowest, known)


@fact
def threshold_above(customs_value_usd: np.ndarray, declared_on: np.ndarray) -> np.ndarray:
    """The lowest threshold of the day that the declared value does not exceed, if there is one."""
    found = np.full(len(customs_value_usd), np.nan)
    for thresholds in thresholds_on(declared_on).T[::-1]:
        reaches = (customs_value_usd <= thresholds) & np.isfinite(thresholds)
        found = np.where(reaches, thresholds, found)
    return found


@signal(
    family="conduct",
    says="The declared value reaches {value:.0%} of a threshold ({threshold_above:,.0f} USD) up to "
    "which less is asked",
    otherwise="The declared value lies above every threshold up to which less is asked",
    risk="rises",
    flags=("A004-6",),
)
def near_below_threshold(customs_value_usd: np.ndarray, threshold_above: np.ndarray) -> np.ndarray:
    """Declared value over the next threshold above it; 0 where it lies above all of them."""
    share = ratio(customs_value_usd, threshold_above)
    above_all = np.where(customs_value_usd > 0, 0.0, np.nan)
    return np.where(np.isnan(threshold_above), above_all, share)


@signal(
    family="conduct",
    says="With {parts_in_2_days:.0f} declarations by the firm of heading {hs4} from the same "
    "country in the two days before, the consignment would be {value:.1f} times as large",
    risk="rises",
    flags=("A004-6",),
)
def times_larger_with_2_days(
    customs_value_usd: np.ndarray, value_of_parts_in_2_days: np.ndarray
) -> np.ndarray:
    """How many times as large the value is with like declarations of the two days before.

    Alike are declarations of the same firm, heading and country of the partner; at most 100.
    """
    times = ratio(customs_value_usd + value_of_parts_in_2_days, customs_value_usd)
    return np.minimum(times, 100)


@signal(
    family="conduct",
    says="{small_shipments_of_trader_in_heading_in_30_days:.0f} of the firm's "
    "{shipments_of_trader_in_heading_in_30_days:.0f} shipments of heading {hs4} in the past 30 "
    "days were small ({small_shipments_in_heading:.0f} of {shipments_in_heading_in_year:.0f} of "
    "all firms in a year)",
    unknown="No declaration of heading {hs4} by the firm is on record in the past 30 days",
    risk="rises",
    flags=("A004-6",),
)
def small_shipments_excess(
    small_shipments_of_trader_in_heading_in_30_days: np.ndarray,
    shipments_of_trader_in_heading_in_30_days: np.ndarray,
    small_shipments_in_heading: np.ndarray,
    shipments_in_heading_in_year: np.ndarray,
) -> np.ndarray:
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
    return np.where(shipments_of_trader_in_heading_in_30_days > 0, own - usual, np.nan)
