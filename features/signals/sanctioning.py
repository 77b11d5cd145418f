"""Imports from countries that control exports: do listed goods grow beyond others from there?"""

import numpy as np

from ..arrays import exp, log
from ..declare import fact, signal
from ..lists import in_force
from ..trailing import Trailing
from ..values import Values, where
from .market import SEASON, YEAR, a_year_ago, growth

_FROM = ("hs6", "country_of_origin")

goods_of_origin_usd_in_90_days = Trailing(by=_FROM, of="imported_usd", days=SEASON)
goods_of_origin_usd_in_365_days = Trailing(by=_FROM, of="imported_usd", days=YEAR)
goods_of_origin_usd_in_455_days = Trailing(by=_FROM, of="imported_usd", days=YEAR + SEASON)
origin_usd_in_90_days = Trailing(by=("country_of_origin",), of="imported_usd", days=SEASON)
origin_usd_in_365_days = Trailing(by=("country_of_origin",), of="imported_usd", days=YEAR)
origin_usd_in_455_days = Trailing(by=("country_of_origin",), of="imported_usd", days=YEAR + SEASON)


@fact
def goods_of_origin_usd_a_year_ago(
    goods_of_origin_usd_in_455_days: Values,
    goods_of_origin_usd_in_365_days: Values,
    days_on_record: Values,
) -> Values:
    """Value of imports of the goods from this origin in the same 90 days of the year before."""
    return a_year_ago(
        goods_of_origin_usd_in_455_days, goods_of_origin_usd_in_365_days, days_on_record
    )


@fact
def growth_over_others_of_origin(
    goods_of_origin_usd_in_90_days: Values,
    goods_of_origin_usd_a_year_ago: Values,
    origin_usd_in_90_days: Values,
    origin_usd_in_365_days: Values,
    origin_usd_in_455_days: Values,
) -> Values:
    """How many times the growth of other imports of this origin that of the goods is."""
    before = origin_usd_in_455_days - origin_usd_in_365_days
    others_now = origin_usd_in_90_days - goods_of_origin_usd_in_90_days
    others = growth(others_now, before - goods_of_origin_usd_a_year_ago)
    goods = growth(goods_of_origin_usd_in_90_days, goods_of_origin_usd_a_year_ago)
    return exp(goods - others)


@signal(
    family="flow",
    says="Imports of {hs6} from {country_of_origin}, which controls exports: "
    "{goods_of_origin_usd_in_90_days:,.0f} USD in 90 days, {goods_of_origin_usd_a_year_ago:,.0f} "
    "USD a year before; {growth_over_others_of_origin:,.1f} times the growth of other goods from "
    "there",
    unknown="No such growth is looked for: the goods are of no country that controls exports, or "
    "the records do not reach back 455 days",
    risk="rises",
    flags=("EBRD-excess-growth",),
    sees=("T11",),
)
def outgrows_others_of_sanctioning_origin(
    growth_over_others_of_origin: Values,
    country_of_origin: Values,
    declared_on: Values,
) -> Values:
    """Growth of imports of the goods from a sanctioning origin, against its other goods (log).

    Each country counts from the day on which it joined the export controls.
    """
    sanctions = in_force("sanctioning", country_of_origin, declared_on)
    return where(sanctions, log(growth_over_others_of_origin), np.nan)
