"""What the goods cost beside comparable shipments, and whether their masses fit."""

from typing import Any

import numpy as np

from ..arrays import at_least, at_level, exp, one_if_known, ratio, root, within, word_for
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, where

# A group of comparables is used when it holds at least so many; else the next wider one.
ENOUGH = 20
LEVELS = ("the same code and origin", "the same subheading", "the same heading", "the same chapter")

# The price of some goods hardly varies; below this spread (5 %) a deviation means nothing.
LEAST_SPREAD = 0.05

_CODE, _SUBHEADING, _HEADING, _CHAPTER = (
    ("hs_code", "country_of_origin"), ("hs6",), ("hs4",), ("hs2",),
)  # fmt: skip


def _of_year(by: tuple[str, ...], of: str, **more: str) -> Trailing:
    return Trailing(by=by, of=of, days=365, **more)  # type: ignore[arg-type]


prices_of_code = _of_year(_CODE, "has_price")
prices_of_subheading = _of_year(_SUBHEADING, "has_price")
prices_of_heading = _of_year(_HEADING, "has_price")
prices_of_chapter = _of_year(_CHAPTER, "has_price")
cheaper_in_code = _of_year(_CODE, "log_value_per_kg", take="below")
cheaper_in_subheading = _of_year(_SUBHEADING, "log_value_per_kg", take="below")
cheaper_in_heading = _of_year(_HEADING, "log_value_per_kg", take="below")
cheaper_in_chapter = _of_year(_CHAPTER, "log_value_per_kg", take="below")
log_price_sum_of_code = _of_year(_CODE, "log_value_per_kg")
log_price_sum_of_subheading = _of_year(_SUBHEADING, "log_value_per_kg")
log_price_sum_of_heading = _of_year(_HEADING, "log_value_per_kg")
log_price_sum_of_chapter = _of_year(_CHAPTER, "log_value_per_kg")
log_price_squares_of_code = _of_year(_CODE, "log_value_per_kg_squared")
log_price_squares_of_subheading = _of_year(_SUBHEADING, "log_value_per_kg_squared")
log_price_squares_of_heading = _of_year(_HEADING, "log_value_per_kg_squared")
log_price_squares_of_chapter = _of_year(_CHAPTER, "log_value_per_kg_squared")


@fact
def has_price(log_value_per_kg: Values) -> Values:
    """1 where a price per kg can be worked out, missing elsewhere."""
    return one_if_known(log_value_per_kg)


@fact
def log_value_per_kg_squared(log_value_per_kg: Values) -> Values:
    """The squared logarithm of the price, whose sums give the spread."""
    return log_value_per_kg**2


@fact
def comparables_level(
    prices_of_code: Values,
    prices_of_subheading: Values,
    prices_of_heading: Values,
    prices_of_chapter: Values,
) -> Values:
    """The narrowest group that holds enough comparables: 0 code and origin to 3 chapter."""
    groups = (prices_of_code, prices_of_subheading, prices_of_heading, prices_of_chapter)
    level: Any = np.nan
    for position, count in reversed(list(enumerate(groups))):
        level = where(count >= ENOUGH, float(position), level)
    return level


@fact
def comparables(
    comparables_level: Values,
    prices_of_code: Values,
    prices_of_subheading: Values,
    prices_of_heading: Values,
    prices_of_chapter: Values,
) -> Values:
    """How many comparable prices of the past year there are in the group that is used."""
    groups = (prices_of_code, prices_of_subheading, prices_of_heading, prices_of_chapter)
    return at_level(comparables_level, *groups)


@fact
def comparable_goods(comparables_level: Values) -> Values:
    """The group of comparables in words."""
    return word_for(comparables_level, LEVELS)


@fact
def usual_log_price(
    comparables_level: Values,
    comparables: Values,
    log_price_sum_of_code: Values,
    log_price_sum_of_subheading: Values,
    log_price_sum_of_heading: Values,
    log_price_sum_of_chapter: Values,
) -> Values:
    """Mean logarithm of the price per kg among the comparables."""
    sums = at_level(
        comparables_level,
        log_price_sum_of_code,
        log_price_sum_of_subheading,
        log_price_sum_of_heading,
        log_price_sum_of_chapter,
    )
    return sums / comparables


@fact
def usual_value_per_kg(usual_log_price: Values) -> Values:
    """The usual (geometric mean) price of the comparables in USD per kg."""
    return exp(usual_log_price)


@fact
def spread_of_log_price(
    comparables_level: Values,
    comparables: Values,
    usual_log_price: Values,
    log_price_squares_of_code: Values,
    log_price_squares_of_subheading: Values,
    log_price_squares_of_heading: Values,
    log_price_squares_of_chapter: Values,
) -> Values:
    """Standard deviation of the logarithm of the price among the comparables, at least 0.05."""
    squares = at_level(
        comparables_level,
        log_price_squares_of_code,
        log_price_squares_of_subheading,
        log_price_squares_of_heading,
        log_price_squares_of_chapter,
    )
    variance = squares / comparables - usual_log_price * usual_log_price
    return at_least(root(at_least(variance, 0)), LEAST_SPREAD)


@signal(
    family="price",
    asks="invoice",
    says="At {value_per_kg:,.2f} USD per kg it costs more than {value:.0%} of {comparables:.0f} "
    "shipments of {comparable_goods} in the past year",
    flags=("A004-8", "UK-overpay"),
    sees=("T3", "T9"),
)
def dearer_than_share(
    comparables_level: Values,
    comparables: Values,
    cheaper_in_code: Values,
    cheaper_in_subheading: Values,
    cheaper_in_heading: Values,
    cheaper_in_chapter: Values,
) -> Values:
    """Share of comparable shipments of the past year that cost less per kg, 0 to 1.

    Comparables have the same code and origin, or, where these are fewer than 20, the same
    subheading, heading or chapter.
    """
    groups = (cheaper_in_code, cheaper_in_subheading, cheaper_in_heading, cheaper_in_chapter)
    return at_level(comparables_level, *groups) / comparables


@signal(
    family="price",
    asks="invoice",
    says="{value_per_kg:,.2f} USD per kg lies {value:+.1f} standard deviations from the usual "
    "{usual_value_per_kg:,.2f} of {comparables:.0f} shipments of {comparable_goods}",
    flags=("A004-8", "UK-overpay"),
    sees=("T3", "T9"),
)
def price_deviation(
    log_value_per_kg: Values, usual_log_price: Values, spread_of_log_price: Values
) -> Values:
    """How far the price per kg lies from comparables of the past year, in standard deviations.

    Prices are compared by their logarithms; negative is cheaper; cut off at 10 either way.
    """
    return within((log_value_per_kg - usual_log_price) / spread_of_log_price, -10, 10)


@signal(
    family="price",
    asks="packing",
    says="The gross mass is {value:.2f} times the net mass",
    flags=("S-misdeclared",),
    sees=("T3",),
)
def gross_to_net(gross_mass_kg: Values, net_mass_kg: Values) -> Values:
    """Gross mass divided by net mass of the item."""
    return ratio(gross_mass_kg, net_mass_kg)


@signal(
    family="price",
    asks="packing",
    says="The goods weigh {value:,.1f} kg per package",
    flags=("S-misdeclared",),
    sees=("T3",),
)
def kg_per_package(gross_mass_kg: Values, packages: Values) -> Values:
    """Gross mass per package in kg."""
    return ratio(gross_mass_kg, packages)
