"""Other measures of the goods beside what is usual for them: per unit, per package, and packing."""

import numpy as np

from ..arrays import at_least, exp, log_positive, one_if_known, ratio, root, within, word_for
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, where

YEAR = 365

# A group of comparables is used when it holds at least so many.
ENOUGH = 20

# The price of a piece of some goods hardly varies; below this spread a deviation means nothing.
LEAST_SPREAD = 0.05

_HEADING, _BY_UNIT = ("hs4",), ("hs4", "supplementary_unit")
_NARROW_BY_UNIT = ("hs6", "supplementary_unit")

unit_prices_of_subheading = Trailing(by=_NARROW_BY_UNIT, of="has_unit_price", days=YEAR)
unit_prices_of_heading = Trailing(by=_BY_UNIT, of="has_unit_price", days=YEAR)
log_unit_price_sum_of_subheading = Trailing(by=_NARROW_BY_UNIT, of="log_value_per_unit", days=YEAR)
log_unit_price_sum_of_heading = Trailing(by=_BY_UNIT, of="log_value_per_unit", days=YEAR)
log_unit_price_squares_of_subheading = Trailing(
    by=_NARROW_BY_UNIT, of="log_value_per_unit_squared", days=YEAR
)
log_unit_price_squares_of_heading = Trailing(
    by=_BY_UNIT, of="log_value_per_unit_squared", days=YEAR
)
packed_in_heading = Trailing(by=_HEADING, of="has_packages", days=YEAR)
log_package_value_sum_of_heading = Trailing(by=_HEADING, of="log_value_per_package", days=YEAR)
log_package_mass_sum_of_heading = Trailing(by=_HEADING, of="log_kg_per_package", days=YEAR)
weighed_in_heading = Trailing(by=_HEADING, of="has_packing_mass", days=YEAR)
log_packing_sum_of_heading = Trailing(by=_HEADING, of="log_packing_share", days=YEAR)


@fact
def value_per_unit(customs_value_usd: Values, supplementary_quantity: Values) -> Values:
    """Declared value in USD per supplementary unit, such as a piece."""
    return ratio(customs_value_usd, supplementary_quantity)


@fact
def log_value_per_unit(value_per_unit: Values) -> Values:
    """The natural logarithm of the value per unit."""
    return log_positive(value_per_unit)


@fact
def log_value_per_unit_squared(log_value_per_unit: Values) -> Values:
    """The squared logarithm of the value per unit, whose sums give the spread."""
    return log_value_per_unit**2


@fact
def has_unit_price(log_value_per_unit: Values) -> Values:
    """1 where a price per unit can be worked out, missing elsewhere."""
    return one_if_known(log_value_per_unit)


@fact
def unit_comparables(unit_prices_of_subheading: Values, unit_prices_of_heading: Values) -> Values:
    """How many prices per unit there are: of the subheading, or, where few, of the heading."""
    narrow = unit_prices_of_subheading >= ENOUGH
    return where(narrow, unit_prices_of_subheading, unit_prices_of_heading)


@fact
def unit_comparable_goods(unit_prices_of_subheading: Values) -> Values:
    """The group of comparable prices per unit in words."""
    narrow = where(unit_prices_of_subheading >= ENOUGH, 1, 0)
    return word_for(narrow, ("the same heading", "the same subheading"))


@fact
def usual_log_unit_price(
    unit_prices_of_subheading: Values,
    log_unit_price_sum_of_subheading: Values,
    log_unit_price_sum_of_heading: Values,
    unit_comparables: Values,
) -> Values:
    """Mean logarithm of the price per unit among the comparables, missing below 20 of them."""
    narrow = unit_prices_of_subheading >= ENOUGH
    sums = where(narrow, log_unit_price_sum_of_subheading, log_unit_price_sum_of_heading)
    return sums / where(unit_comparables >= ENOUGH, unit_comparables, np.nan)


@fact
def usual_value_per_unit(usual_log_unit_price: Values) -> Values:
    """The usual (geometric mean) price per unit of the comparables in USD."""
    return exp(usual_log_unit_price)


@signal(
    family="price",
    asks="invoice",
    says="{value_per_unit:,.2f} USD per unit ({supplementary_unit}) lies {value:+.1f} standard "
    "deviations from the usual {usual_value_per_unit:,.2f} of {unit_comparables:.0f} shipments of "
    "{unit_comparable_goods}",
    flags=("A004-8", "UK-overpay"),
    sees=("T9",),
)
def unit_price_deviation(
    log_value_per_unit: Values,
    usual_log_unit_price: Values,
    unit_prices_of_subheading: Values,
    unit_comparables: Values,
    log_unit_price_squares_of_subheading: Values,
    log_unit_price_squares_of_heading: Values,
) -> Values:
    """How far the price per unit lies from comparables of the past year, in standard deviations.

    Comparables have the same subheading and unit, or, where these are fewer than 20, the same
    heading and unit. Logarithms are compared; negative is cheaper; cut off at 10 either way.
    """
    narrow = unit_prices_of_subheading >= ENOUGH
    squares = where(narrow, log_unit_price_squares_of_subheading, log_unit_price_squares_of_heading)
    mean_square = squares / where(unit_comparables > 0, unit_comparables, np.nan)
    spread = root(
        at_least(mean_square - usual_log_unit_price * usual_log_unit_price, LEAST_SPREAD**2)
    )
    return within((log_value_per_unit - usual_log_unit_price) / spread, -10, 10)


@fact
def value_per_package(customs_value_usd: Values, packages: Values) -> Values:
    """Declared value in USD per package."""
    return ratio(customs_value_usd, packages)


@fact
def has_packages(value_per_package: Values, kg_per_package: Values) -> Values:
    """1 where value and mass per package are known and above zero, missing elsewhere."""
    measured = (value_per_package > 0) & (kg_per_package > 0)
    return where(measured, 1.0, np.nan)


@fact
def log_value_per_package(value_per_package: Values, has_packages: Values) -> Values:
    """The logarithm of the value per package, of what enters the totals."""
    return log_positive(value_per_package) * has_packages


@fact
def log_kg_per_package(kg_per_package: Values, has_packages: Values) -> Values:
    """The logarithm of the mass per package, of what enters the totals."""
    return log_positive(kg_per_package) * has_packages


@fact
def usual_value_per_package(
    log_package_value_sum_of_heading: Values, packed_in_heading: Values
) -> Values:
    """The usual (geometric mean) value of a package of the heading in the past year, USD."""
    return _usual(log_package_value_sum_of_heading, packed_in_heading)


@fact
def usual_kg_per_package(
    log_package_mass_sum_of_heading: Values, packed_in_heading: Values
) -> Values:
    """The usual (geometric mean) mass of a package of the heading in the past year, kg."""
    return _usual(log_package_mass_sum_of_heading, packed_in_heading)


@signal(
    family="price",
    asks="invoice",
    says="A package is worth {value_per_package:,.2f} USD, {value:.2f} times the usual "
    "{usual_value_per_package:,.2f} of {packed_in_heading:.0f} shipments of heading {hs4}",
    flags=("A004-8", "S-misdeclared"),
    sees=("T3", "T9"),
)
def package_value_to_usual(value_per_package: Values, usual_value_per_package: Values) -> Values:
    """Value per package over what is usual for the heading in the past year."""
    return _times(value_per_package, usual_value_per_package)


@signal(
    family="price",
    asks="packing",
    says="A package weighs {kg_per_package:,.2f} kg, {value:.2f} times the usual "
    "{usual_kg_per_package:,.2f} of {packed_in_heading:.0f} shipments of heading {hs4}",
    flags=("S-misdeclared",),
    sees=("T3",),
)
def package_mass_to_usual(kg_per_package: Values, usual_kg_per_package: Values) -> Values:
    """Mass per package over what is usual for the heading in the past year."""
    return _times(kg_per_package, usual_kg_per_package)


@fact
def packing_share(gross_mass_kg: Values, net_mass_kg: Values) -> Values:
    """Mass of the packing as a share of the net mass; missing where there is none."""
    packing = gross_mass_kg - net_mass_kg
    return ratio(where(packing > 0, packing, np.nan), net_mass_kg)


@fact
def log_packing_share(packing_share: Values) -> Values:
    """The natural logarithm of the share of the packing."""
    return log_positive(packing_share)


@fact
def has_packing_mass(log_packing_share: Values) -> Values:
    """1 where the share of the packing is known and above zero, missing elsewhere."""
    return one_if_known(log_packing_share)


@fact
def usual_packing_share(log_packing_sum_of_heading: Values, weighed_in_heading: Values) -> Values:
    """The usual (geometric mean) share of the packing in the heading in the past year."""
    return _usual(log_packing_sum_of_heading, weighed_in_heading)


@signal(
    family="price",
    asks="packing",
    says="The packing weighs {packing_share:.1%} of the goods, {value:.2f} times the usual "
    "{usual_packing_share:.1%} of {weighed_in_heading:.0f} shipments of heading {hs4}",
    flags=("S-misdeclared",),
    sees=("T3",),
)
def packing_to_usual(packing_share: Values, usual_packing_share: Values) -> Values:
    """Share of the packing in the mass over what is usual for the heading in the past year."""
    return _times(packing_share, usual_packing_share)


def _usual(log_sum: Values, count: Values) -> Values:
    """The geometric mean, missing where there are fewer than enough to compare."""
    return exp(log_sum / where(count >= ENOUGH, count, np.nan))


def _times(measure: Values, usual: Values) -> Values:
    """How many times the usual, cut off at a hundredth and a hundred."""
    return where(measure > 0, within(ratio(measure, usual), 0.01, 100), np.nan)
