"""Goods that dated lists name beside the priority list, and firms that are new to listed goods."""

import numpy as np

from ..arrays import as_number, days_between
from ..columns import each_text
from ..declare import fact, signal
from ..lists import brand_in, brand_left_on, goods_in_force, goods_named
from ..trailing import Trailing
from ..values import DAY, Values, known, missing, no_day, where

CONCERN, _CANNIBALISED = "goods_of_concern.csv", "cannibalised_goods.csv"

first_listed_goods_of_trader = Trailing(by=("trader_id",), of="if_listed", take="first_day")
shipments_of_trader_in_subheading = Trailing(by=("trader_id", "hs6"))


@fact
def if_listed(listed_goods: Values) -> Values:
    """1 where the goods are listed on the day, missing elsewhere: only those enter a total."""
    return where(listed_goods == 1, 1.0, np.nan)


@fact
def goods_of_concern_name(hs6: Values) -> Values:
    """What the table of goods of concern calls the goods."""
    return goods_named(CONCERN, hs6)


@signal(
    family="goods",
    asks="goods",
    says="The goods ({hs_code}) are not on the priority list but of concern: "
    "{goods_of_concern_name}",
    otherwise="The goods ({hs_code}) are on the priority list, or of no concern beyond it",
    risk="rises",
    flags=("EU-critical-goods",),
)
def goods_of_concern(hs6: Values, tier_in_force: Values, declared_on: Values) -> Values:
    """Whether goods that are not on the priority list are of concern in the table of the day."""
    named = goods_in_force(CONCERN, hs6, declared_on)
    return as_number(named & (tier_in_force == 0), known(tier_in_force))


@fact
def cannibalised_goods_name(hs6: Values) -> Values:
    """What the table of goods that are taken apart calls the goods."""
    return goods_named(_CANNIBALISED, hs6)


@signal(
    family="goods",
    asks="goods",
    says="Goods such as {cannibalised_goods_name} are taken apart for the electronics inside",
    otherwise="The goods ({hs_code}) are not known to be taken apart for what is inside",
    risk="rises",
    flags=("S-cannibalised",),
    sees=("T6",),
)
def cannibalised_goods(hs6: Values, declared_on: Values) -> Values:
    """Whether the goods are consumer goods that are taken apart for the electronics inside."""
    return as_number(goods_in_force(_CANNIBALISED, hs6, declared_on), known(hs6))


@signal(
    family="goods",
    says="The firm first declared goods of the priority list {value:.0f} days ago",
    unknown="No earlier declaration of listed goods by the firm is on record",
    risk="falls",
    flags=("A004-3",),
    sees=("T1",),
)
def days_since_first_listed_goods(
    first_listed_goods_of_trader: Values, declared_on: Values
) -> Values:
    """Days since the firm first declared goods that were on the priority list of their day."""
    return days_between(first_listed_goods_of_trader, declared_on)


@signal(
    family="goods",
    says="The firm made its first declaration of listed goods {value:.0f} days after it was first "
    "seen trading",
    otherwise="Listed goods were the first that the firm was seen trading",
    unknown="No declaration of listed goods by the firm is on record",
    flags=("A004-3", "UK-new-firm"),
    sees=("T1", "T4"),
)
def first_trade_to_listed_goods_days(
    first_listed_goods_of_trader: Values,
    first_shipment_of_trader: Values,
    listed_goods: Values,
    declared_on: Values,
) -> Values:
    """Days from the firm's first trade on record to its first listed goods, these at the latest.

    Missing for a firm that never declared listed goods. It may do either: a shell deals in them at
    once, an old firm turns to them late.
    """
    now = where(listed_goods == 1, declared_on, no_day(declared_on))
    to = where(missing(first_listed_goods_of_trader), now, first_listed_goods_of_trader)
    begin = where(missing(first_shipment_of_trader), declared_on, first_shipment_of_trader)
    return days_between(begin, to)


@signal(
    family="goods",
    says="The goods ({hs_code}) are listed, and none of the firm's {shipments_of_trader:.0f} "
    "earlier declarations was of subheading {hs6}",
    otherwise="The goods are not listed, or the firm has declared subheading {hs6} before",
    unknown="No earlier declaration of the firm is on record",
    risk="rises",
    flags=("A004-3",),
    sees=("T4",),
)
def listed_goods_new_to_trader(
    listed_goods: Values,
    shipments_of_trader: Values,
    shipments_of_trader_in_subheading: Values,
) -> Values:
    """Whether a firm that has traded before declares these listed goods for the first time.

    Goods that the firm declared before they were listed, or under an HS 2017 code that went over
    whole, are not new.
    """
    new = (listed_goods == 1) & (shipments_of_trader_in_subheading == 0)
    return as_number(new, (shipments_of_trader > 0) & known(listed_goods))


@fact
def brand_named(description: Values) -> Values:
    """The brand of the table that the description names."""
    return each_text(description, brand_in)


@fact
def brand_left_day(brand_named: Values) -> Values:
    """The day from which it is known that the brand leaves the country of concern."""
    return each_text(brand_named, brand_left_on, DAY)


@signal(
    family="goods",
    asks="goods",
    says="The description names {brand_named}, which has announced (by {brand_left_day}) that it "
    "no longer sells to the country of concern",
    otherwise="The description names no brand that has left the country of concern",
    unknown="No description is given",
    flags=("own-brand-left",),
)
def brand_has_left(description: Values, brand_left_day: Values, declared_on: Values) -> Values:
    """Whether the description names a brand that no longer sells to the country of concern."""
    return as_number(brand_left_day <= declared_on, known(description))
