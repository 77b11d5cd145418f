"""What the whole country sends on of the goods."""

import numpy as np

from ..arrays import at_most, ratio, smoothed
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, where
from .market import SEASON, YEAR, a_year_ago, growth

# The chapter's share sent on counts like so much of the heading (kg): few imports say little.
OF_CHAPTER_KG = 10_000.0

goods_sent_on_usd_in_90_days = Trailing(by=("hs6",), of="sent_on_usd", days=SEASON)
goods_sent_on_usd_in_365_days = Trailing(by=("hs6",), of="sent_on_usd", days=YEAR)
goods_sent_on_usd_in_455_days = Trailing(by=("hs6",), of="sent_on_usd", days=YEAR + SEASON)
heading_kg_in_180_days = Trailing(by=("hs4",), of="imported_kg", days=180)
heading_sent_on_kg_in_180_days = Trailing(by=("hs4",), of="sent_on_kg", days=180)
chapter_kg_in_180_days = Trailing(by=("hs2",), of="imported_kg", days=180)
chapter_sent_on_kg_in_180_days = Trailing(by=("hs2",), of="sent_on_kg", days=180)


@fact
def sent_on_usd(direction: Values, customs_value_usd: Values) -> Values:
    """Declared value of what moves onward, missing for other legs."""
    return where(direction == "onward", customs_value_usd, np.nan)


@fact
def goods_sent_on_usd_a_year_ago(
    goods_sent_on_usd_in_455_days: Values,
    goods_sent_on_usd_in_365_days: Values,
    days_on_record: Values,
) -> Values:
    """Value of the goods that all firms sent on in the same 90 days of the year before."""
    return a_year_ago(goods_sent_on_usd_in_455_days, goods_sent_on_usd_in_365_days, days_on_record)


@signal(
    family="flow",
    says="All firms sent on {hs6} for {goods_sent_on_usd_in_90_days:,.0f} USD in the past 90 days, "
    "against {goods_sent_on_usd_a_year_ago:,.0f} USD in the same days a year ago",
    unknown="No comparison with the year before: the records do not reach back 455 days",
    risk="rises",
    flags=("S-onward-surge",),
    sees=("T6", "T11"),
)
def onward_trade_grows(
    goods_sent_on_usd_in_90_days: Values, goods_sent_on_usd_a_year_ago: Values
) -> Values:
    """Growth of what all firms send on of the goods: log of 90 days over those a year before."""
    return growth(goods_sent_on_usd_in_90_days, goods_sent_on_usd_a_year_ago)


@signal(
    family="flow",
    says="All firms sent on {heading_sent_on_kg_in_180_days:,.0f} of the "
    "{heading_kg_in_180_days:,.0f} kg of heading {hs4} that came in over 180 days",
    unknown="No import of the chapter is on record in the past 180 days",
    flags=("CEPR-ghost-trade",),
    sees=("T6",),
)
def heading_sent_on_share(
    heading_sent_on_kg_in_180_days: Values,
    heading_kg_in_180_days: Values,
    chapter_sent_on_kg_in_180_days: Values,
    chapter_kg_in_180_days: Values,
) -> Values:
    """Share of all imports of the heading, in 180 days, that is sent on; little backs off.

    The share in a heading with few imports is drawn towards that in its chapter.
    """
    usual = ratio(chapter_sent_on_kg_in_180_days, chapter_kg_in_180_days)
    share = smoothed(heading_sent_on_kg_in_180_days, heading_kg_in_180_days, usual, OF_CHAPTER_KG)
    return at_most(share, 2)
