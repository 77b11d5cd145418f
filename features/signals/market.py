"""What the whole country brings in of the goods, and the firm's part in it."""

import numpy as np

from ..arrays import at_least, days_between, exp, log, log1p, ratio
from ..declare import fact, signal
from ..lists import export_controls_since
from ..trailing import Trailing
from ..values import Values, where

# Trade worth less than this (USD) is as good as none: growth from 12 thousand to 3.7 million is
# large, and from 5 to 500 it is not.
WORTH_COUNTING = 10_000.0

SMALL_SHARE = 0.02  # a share of the country's imports that makes nobody a large importer

YEAR, SEASON = 365, 90
LEAST_DAYS_BEFORE = 180  # of records before export controls began, to know what was usual then

goods_imported_usd_in_90_days = Trailing(by=("hs6",), of="imported_usd", days=90)
goods_imported_usd_in_365_days = Trailing(by=("hs6",), of="imported_usd", days=365)
goods_imported_usd_in_455_days = Trailing(by=("hs6",), of="imported_usd", days=455)
all_imported_usd_in_90_days = Trailing(by=(), of="imported_usd", days=90)
all_imported_usd_in_365_days = Trailing(by=(), of="imported_usd", days=365)
all_imported_usd_in_455_days = Trailing(by=(), of="imported_usd", days=455)
goods_imported_usd_before_controls = Trailing(by=("hs6",), of="imported_usd_before_controls")

firms_goods_kg_in_90_days = Trailing(by=("trader_id", "hs6"), of="imported_kg", days=90)
firms_goods_kg_in_455_days = Trailing(by=("trader_id", "hs6"), of="imported_kg", days=455)
nations_goods_kg_in_90_days = Trailing(by=("hs6",), of="imported_kg", days=90)
nations_goods_kg_in_455_days = Trailing(by=("hs6",), of="imported_kg", days=455)
firms_goods_kg_in_365_days = Trailing(by=("trader_id", "hs6"), of="imported_kg", days=365)
nations_goods_kg_in_365_days = Trailing(by=("hs6",), of="imported_kg", days=365)


@fact
def imported_usd(direction: Values, customs_value_usd: Values) -> Values:
    """Declared value of what is imported, missing for other legs."""
    return where(direction == "import", customs_value_usd, np.nan)


@fact
def imported_usd_before_controls(imported_usd: Values, declared_on: Values) -> Values:
    """Declared value of what was imported before wide export controls began."""
    return where(declared_on < export_controls_since(declared_on), imported_usd, np.nan)


@fact
def days_on_record(first_shipment_of_all: Values, declared_on: Values) -> Values:
    """How many days back the records reach."""
    return days_between(first_shipment_of_all, declared_on)


@fact
def goods_imported_usd_a_year_ago(
    goods_imported_usd_in_455_days: Values,
    goods_imported_usd_in_365_days: Values,
    days_on_record: Values,
) -> Values:
    """Value of all imports of the goods in the same 90 days of the year before."""
    return a_year_ago(
        goods_imported_usd_in_455_days, goods_imported_usd_in_365_days, days_on_record
    )


@fact
def growth_of_imports(
    goods_imported_usd_in_90_days: Values, goods_imported_usd_a_year_ago: Values
) -> Values:
    """Growth of all imports of the goods: log of 90 days over the same days of the year before."""
    return growth(goods_imported_usd_in_90_days, goods_imported_usd_a_year_ago)


@fact
def growth_of_other_imports(
    goods_imported_usd_in_90_days: Values,
    goods_imported_usd_a_year_ago: Values,
    all_imported_usd_in_90_days: Values,
    all_imported_usd_in_365_days: Values,
    all_imported_usd_in_455_days: Values,
) -> Values:
    """Growth of the imports of all other goods over the same days of the year before (log)."""
    before = all_imported_usd_in_455_days - all_imported_usd_in_365_days
    others_now = all_imported_usd_in_90_days - goods_imported_usd_in_90_days
    return growth(others_now, before - goods_imported_usd_a_year_ago)


@fact
def growth_over_others(growth_of_imports: Values, growth_of_other_imports: Values) -> Values:
    """How many times the growth of all other imports that of the goods is."""
    return exp(growth_of_imports - growth_of_other_imports)


@signal(
    family="flow",
    says="All firms imported {hs6} for {goods_imported_usd_in_90_days:,.0f} USD in 90 days, "
    "{goods_imported_usd_a_year_ago:,.0f} USD a year before: {growth_over_others:,.1f} times the "
    "growth of all other goods",
    unknown="No comparison with the year before: the records do not reach back 455 days",
    risk="rises",
    flags=("EBRD-excess-growth",),
    sees=("T6", "T11"),
)
def goods_outgrow_others(
    growth_over_others: Values,
) -> Values:
    """Growth of all imports of the goods over a year, against that of all other goods (log)."""
    return log(growth_over_others)


@fact
def yearly_usd_before_controls(
    goods_imported_usd_before_controls: Values,
    first_shipment_of_all: Values,
    declared_on: Values,
) -> Values:
    """Value of all imports of the goods per year, before wide export controls began.

    Missing before that day, and where the records hold less than half a year before it.
    """
    began = export_controls_since(declared_on)
    days = days_between(first_shipment_of_all, began)
    told = (days >= LEAST_DAYS_BEFORE) & (declared_on >= began)
    return where(told, ratio(goods_imported_usd_before_controls * YEAR, days), np.nan)


@signal(
    family="flow",
    says="All firms imported {hs6} for {goods_imported_usd_in_365_days:,.0f} USD in the past year; "
    "before export controls it was {yearly_usd_before_controls:,.0f} USD a year",
    unknown="No comparison with the time before export controls: the records hold less than half "
    "a year of it, or this is of that time",
    risk="rises",
    flags=("UK-absorption", "S-absorption"),
    sees=("T6", "T11"),
)
def imports_beyond_absorption(
    goods_imported_usd_in_365_days: Values, yearly_usd_before_controls: Values
) -> Values:
    """All imports of the goods in a year over those per year before export controls (log)."""
    return growth(goods_imported_usd_in_365_days, yearly_usd_before_controls)


@signal(
    family="flow",
    asks="stock",
    says="With this shipment the firm brought in {value:.0%} of all {hs6} imported in a year "
    "({firms_goods_kg_in_365_days:,.0f} of {nations_goods_kg_in_365_days:,.0f} kg before it)",
    unknown="No share of imports: the goods are not imported, or their mass is not given",
    flags=("A004-4",),
)
def firms_share_of_imports(
    imported_kg: Values,
    firms_goods_kg_in_365_days: Values,
    nations_goods_kg_in_365_days: Values,
) -> Values:
    """The firm's share in the country's imports of the goods in a year, this shipment counted."""
    firms = firms_goods_kg_in_365_days + imported_kg
    return ratio(firms, nations_goods_kg_in_365_days + imported_kg)


@fact
def firms_share_lately(
    imported_kg: Values,
    firms_goods_kg_in_90_days: Values,
    nations_goods_kg_in_90_days: Values,
) -> Values:
    """The firm's share in the country's imports of the goods in 90 days, this shipment counted."""
    firms = firms_goods_kg_in_90_days + imported_kg
    return ratio(firms, nations_goods_kg_in_90_days + imported_kg)


@fact
def firms_share_before(
    firms_goods_kg_in_455_days: Values,
    firms_goods_kg_in_90_days: Values,
    nations_goods_kg_in_455_days: Values,
    nations_goods_kg_in_90_days: Values,
) -> Values:
    """The firm's share in the country's imports of the goods in the year before those 90 days."""
    nations = nations_goods_kg_in_455_days - nations_goods_kg_in_90_days
    firms = firms_goods_kg_in_455_days - firms_goods_kg_in_90_days
    return where(nations > 0, ratio(firms, nations), 0.0)


@signal(
    family="flow",
    asks="stock",
    says="With this shipment the firm holds {firms_share_lately:.0%} of the imports of {hs6} in "
    "90 days, against {firms_share_before:.0%} in the year before",
    unknown="No share of imports: the goods are not imported, or their mass is not given",
    risk="rises",
    flags=("A004-4",),
    sees=("T1",),
)
def suddenly_large_importer(firms_share_lately: Values, firms_share_before: Values) -> Values:
    """Growth of the firm's share in the country's imports of the goods (log), this one counted.

    Of 90 days over the year before; two parts in a hundred are added to both shares.
    """
    return log((firms_share_lately + SMALL_SHARE) / (firms_share_before + SMALL_SHARE))


def a_year_ago(in_455_days: Values, in_365_days: Values, days_on_record: Values) -> Values:
    """The total of the same 90 days of the year before; NaN where the records begin later."""
    return where(days_on_record >= YEAR + SEASON, in_455_days - in_365_days, np.nan)


def growth(now: Values, before: Values) -> Values:
    """The logarithm of one value in USD over another, each with what is not worth counting."""
    now, before = at_least(now, 0), at_least(before, 0)
    return log1p(now / WORTH_COUNTING) - log1p(before / WORTH_COUNTING)
