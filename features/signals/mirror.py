"""What partners publish of their exports here, against what was recorded as arriving."""

import numpy as np

from ..arrays import at_least, at_level, exp, log, or_zero, ratio, word_for
from ..declare import fact, signal
from ..lists import priority_list_version
from ..trailing import Trailing
from ..values import Values, where
from .market import YEAR, growth

# So many monthly figures of a year say enough of goods; fewer, and a wider group is asked.
ENOUGH_REPORTS = 6
LEAST_MONTHS = 23  # published in two years, or there is no year before to compare with

_OF_GOODS = ("hs6", "country_of_dispatch", "country_of_destination")
_OF_HEADING = ("hs4", "country_of_dispatch", "country_of_destination")
_OF_ALL_PARTNERS = ("hs6", "country_of_destination")
_NATION = ("country_of_destination",)


def _in_a_year(by: tuple[str, ...], amount: str) -> Trailing:
    return Trailing(by, f"trade_statistics.{amount}", YEAR, "published_on")


def _in_two_years(by: tuple[str, ...], amount: str) -> Trailing:
    return Trailing(by, f"trade_statistics.{amount}", 2 * YEAR, "published_on")


reports_of_goods = _in_a_year(_OF_GOODS, "reports")
sent_kg_of_goods = _in_a_year(_OF_GOODS, "sent_kg")
arrived_kg_of_goods = _in_a_year(_OF_GOODS, "arrived_kg")
reports_of_heading = _in_a_year(_OF_HEADING, "reports")
sent_kg_of_heading = _in_a_year(_OF_HEADING, "sent_kg")
arrived_kg_of_heading = _in_a_year(_OF_HEADING, "arrived_kg")
reports_of_all_partners = _in_a_year(_OF_ALL_PARTNERS, "reports")
sent_kg_of_all_partners = _in_a_year(_OF_ALL_PARTNERS, "sent_kg")
arrived_kg_of_all_partners = _in_a_year(_OF_ALL_PARTNERS, "arrived_kg")

goods_sent_usd_in_a_year = _in_a_year(_OF_ALL_PARTNERS, "sent_usd")
goods_sent_usd_in_two_years = _in_two_years(_OF_ALL_PARTNERS, "sent_usd")
all_sent_usd_in_a_year = _in_a_year(_NATION, "sent_usd")
all_sent_usd_in_two_years = _in_two_years(_NATION, "sent_usd")
listed_sent_usd_in_a_year = _in_a_year((*_NATION, "list_in_force"), "listed_usd")
listed_sent_usd_in_two_years = _in_two_years((*_NATION, "list_in_force"), "listed_usd")
months_published_in_two_years = _in_two_years(_NATION, "months")


@fact
def list_in_force(declared_on: Values) -> Values:
    """The day from which the version of the priority list in force holds; missing before any."""
    return priority_list_version(declared_on)


@fact
def comparison_level(reports_of_goods: Values, reports_of_heading: Values) -> Values:
    """Which group of exports is compared: 0 the goods, 1 their heading, 2 of all partners."""
    wider = where(reports_of_heading >= ENOUGH_REPORTS, 1.0, 2.0)
    return where(reports_of_goods >= ENOUGH_REPORTS, 0.0, wider)


@fact
def compared_exports(comparison_level: Values) -> Values:
    """The group of exports that is compared, in words."""
    words = ("the subheading", "its heading", "the subheading, of all partners")
    return word_for(comparison_level, words)


@fact
def reports_compared(
    comparison_level: Values, reports_of_goods: Values, reports_of_heading: Values,
    reports_of_all_partners: Values,
) -> Values:  # fmt: skip
    """How many monthly figures of a year are compared."""
    return at_level(comparison_level, reports_of_goods, reports_of_heading, reports_of_all_partners)


@fact
def sent_kg_compared(
    comparison_level: Values, sent_kg_of_goods: Values, sent_kg_of_heading: Values,
    sent_kg_of_all_partners: Values,
) -> Values:  # fmt: skip
    """Kilograms that partners report as sent here."""
    return at_level(comparison_level, sent_kg_of_goods, sent_kg_of_heading, sent_kg_of_all_partners)


@fact
def arrived_kg_compared(
    comparison_level: Values, arrived_kg_of_goods: Values,
    arrived_kg_of_heading: Values, arrived_kg_of_all_partners: Values,
) -> Values:  # fmt: skip
    """Kilograms that were recorded as arriving in the months of those figures."""
    return at_level(
        comparison_level, arrived_kg_of_goods, arrived_kg_of_heading, arrived_kg_of_all_partners
    )


@signal(
    family="flow",
    says="Partners report {sent_kg_compared:,.0f} kg of {hs6} ({compared_exports}) as sent here, "
    "in {reports_compared:.0f} monthly figures of the past year; {arrived_kg_compared:,.0f} kg of "
    "the same months are on record: {value:.0%} never arrived",
    otherwise="All {sent_kg_compared:,.0f} kg of {hs6} ({compared_exports}) that partners report "
    "as sent here in the past year are on record ({arrived_kg_compared:,.0f} kg)",
    unknown="No exports of {hs6} to here were published in the past year, or the goods are not "
    "imported",
    risk="rises",
    flags=("CEPR-ghost-trade",),
    sees=("T11",),
)
def mirror_gap(sent_kg_compared: Values, arrived_kg_compared: Values, direction: Values) -> Values:
    """Share of what partners report as sent here in a year that was never recorded as arriving.

    Of the goods from the country of dispatch, of their heading where little was reported of them,
    of the goods from all countries where that is little too; 0 where as much arrived or more.
    """
    gap = at_least(1 - ratio(arrived_kg_compared, sent_kg_compared), 0)
    return where(direction == "import", gap, np.nan)


@fact
def goods_sent_usd_the_year_before(
    goods_sent_usd_in_two_years: Values, goods_sent_usd_in_a_year: Values,
    months_published_in_two_years: Values,
) -> Values:  # fmt: skip
    """Value of the goods that partners reported as sent here in the year before the past one."""
    before = goods_sent_usd_in_two_years - goods_sent_usd_in_a_year
    return where(months_published_in_two_years >= LEAST_MONTHS, before, np.nan)


@fact
def unlisted_sent_usd_in_a_year(
    all_sent_usd_in_a_year: Values, listed_sent_usd_in_a_year: Values
) -> Values:
    """Value of all goods not on the list of the day that partners report as sent here in a year."""
    return all_sent_usd_in_a_year - or_zero(listed_sent_usd_in_a_year)


@fact
def unlisted_sent_usd_the_year_before(
    all_sent_usd_in_two_years: Values, listed_sent_usd_in_two_years: Values,
    unlisted_sent_usd_in_a_year: Values,
) -> Values:  # fmt: skip
    """The same in the year before; the goods on the list are those on the list of the day."""
    both = all_sent_usd_in_two_years - or_zero(listed_sent_usd_in_two_years)
    return both - unlisted_sent_usd_in_a_year


_GROWTH = (
    "Partners report {hs6} for {goods_sent_usd_in_a_year:,.0f} USD as sent here in the past year, "
    "{goods_sent_usd_the_year_before:,.0f} USD in the year before"
)
_NO_GROWTH = "No comparison of published exports: less than two years of them are known"


@signal(
    family="flow", says=_GROWTH, unknown=_NO_GROWTH, risk="rises", flags=("EBRD-excess-growth",),
    sees=("T11",),
)  # fmt: skip
def exports_here_grow(
    goods_sent_usd_in_a_year: Values, goods_sent_usd_the_year_before: Values
) -> Values:
    """Growth of what partners report as sent here of the goods, over a year (log).

    It holds also what was never recorded as arriving, and what other firms' records show.
    """
    return growth(goods_sent_usd_in_a_year, goods_sent_usd_the_year_before)


@fact
def growth_over_unlisted(
    exports_here_grow: Values, goods_sent_usd_in_a_year: Values,
    goods_sent_usd_the_year_before: Values, unlisted_sent_usd_in_a_year: Values,
    unlisted_sent_usd_the_year_before: Values, listed_goods: Values,
) -> Values:  # fmt: skip
    """How many times the growth of exports here of other goods, not listed, that of these is."""
    itself = where(listed_goods == 1, 0.0, 1.0)
    others = growth(
        unlisted_sent_usd_in_a_year - itself * goods_sent_usd_in_a_year,
        unlisted_sent_usd_the_year_before - itself * goods_sent_usd_the_year_before,
    )
    return exp(exports_here_grow - others)


@signal(
    family="flow", says=_GROWTH + ": {growth_over_unlisted:,.1f} times the growth of goods not "
    "listed", unknown=_NO_GROWTH, risk="rises", flags=("EBRD-excess-growth",),
    sees=("T11",),
)  # fmt: skip
def exports_here_outgrow_unlisted(growth_over_unlisted: Values) -> Values:
    """Growth of published exports here of the goods, against that of goods not listed (log)."""
    return log(growth_over_unlisted)
