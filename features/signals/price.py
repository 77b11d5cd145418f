"""What the goods cost beside comparable shipments, and whether their masses fit."""

import numpy as np

from ..arrays import one_if_known, ratio
from ..declare import fact, signal
from ..trailing import Trailing

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
def has_price(log_value_per_kg: np.ndarray) -> np.ndarray:
    """1 where a price per kg can be worked out, missing elsewhere."""
    return one_if_known(log_value_per_kg)


@fact
def log_value_per_kg_squared(log_value_per_kg: np.ndarray) -> np.ndarray:
    """The squared logarithm of the price, whose sums give the spread."""
    return log_value_per_kg**2


@fact
def comparables_level(
    prices_of_code: np.ndarray,
    prices_of_subheading: np.ndarray,
    prices_of_heading: np.ndarray,
    prices_of_chapter: np.ndarray,
) -> np.ndarray:
    """The narrowest group that holds enough comparables: 0 code and origin to 3 chapter."""
    groups = (prices_of_code, prices_of_subheading, prices_of_heading, prices_of_chapter)
    level = np.full(len(prices_of_code), np.nan)
    for position, count in reversed(list(enumerate(groups))):
        level[count >= ENOUGH] = position
    return level


@fact
def comparables(
    comparables_level: np.ndarray,
    prices_of_code: np.ndarray,
    prices_of_subheading: np.ndarray,
    prices_of_heading: np.ndarray,
    prices_of_chapter: np.ndarray,
) -> np.ndarray:
    """How many comparable prices of the past year there are in the group that is used."""
    groups = (prices_of_code, prices_of_subheading, prices_of_heading, prices_of_chapter)
    return _at_level(comparables_level, *groups)


@fact
def comparable_goods(comparables_level: np.ndarray) -> np.ndarray:
    """The group of comparables in words."""
    words = np.array([*LEVELS, None], dtype=object)
    return words[np.where(np.isnan(comparables_level), len(LEVELS), comparables_level).astype(int)]


@fact
def usual_log_price(
    comparables_level: np.ndarray,
    comparables: np.ndarray,
    log_price_sum_of_code: np.ndarray,
    log_price_sum_of_subheading: np.ndarray,
    log_price_sum_of_heading: np.ndarray,
    log_price_sum_of_chapter: np.ndarray,
) -> np.ndarray:
    """Mean logarithm of the price per kg among the comparables."""
    sums = _at_level(
        comparables_level,
        log_price_sum_of_code,
        log_price_sum_of_subheading,
        log_price_sum_of_heading,
        log_price_sum_of_chapter,
    )
    return sums / comparables


@fact
def usual_value_per_kg(usual_log_price: np.ndarray) -> np.ndarray:
    """The usual (geometric mean) price of the comparables in USD per kg."""
    return np.exp(usual_log_price)


@fact
def spread_of_log_price(
    comparables_level: np.ndarray,
    comparables: np.ndarray,
    usual_log_price: np.ndarray,
    log_price_squares_of_code: np.ndarray,
    log_price_squares_of_subheading: np.ndarray,
    log_price_squares_of_heading: np.ndarray,
    log_price_squares_of_chapter: np.ndarray,
) -> np.ndarray:
    """Standard deviation of the logarithm of the price among the comparables, at least 0.05."""
    squares = _at_level(
        comparables_level,
        log_price_squares_of_code,
        log_price_squares_of_subheading,
        log_price_squares_of_heading,
        log_price_squares_of_chapter,
    )
    variance = squares / comparables - usual_log_price**2
    return np.maximum(np.sqrt(np.maximum(variance, 0)), LEAST_SPREAD)


@signal(
    family="price",
    says="At {value_per_kg:,.2f} USD per kg it costs more than {value:.0%} of {comparables:.0f} "
    "shipments of {comparable_goods} in the past year",
    flags=("A004-8", "UK-overpay"),
    sees=("T3", "T9"),
)
def dearer_than_share(
    comparables_level: np.ndarray,
    comparables: np.ndarray,
    cheaper_in_code: np.ndarray,
    cheaper_in_subheading: np.ndarray,
    cheaper_in_heading: np.ndarray,
    cheaper_in_chapter: np.ndarray,
) -> np.ndarray:
    """Share of comparable shipments of the past year that cost less per kg, 0 to 1.

    Comparables have the same code and origin, or, where these are fewer than 20, the same
    subheading, heading or chapter.
    """
    groups = (cheaper_in_code, cheaper_in_subheading, cheaper_in_heading, cheaper_in_chapter)
    return _at_level(comparables_level, *groups) / comparables


@signal(
    family="price",
    says="{value_per_kg:,.2f} USD per kg lies {value:+.1f} standard deviations from the usual "
    "{usual_value_per_kg:,.2f} of {comparables:.0f} shipments of {comparable_goods}",
    flags=("A004-8", "UK-overpay"),
    sees=("T3", "T9"),
)
def price_deviation(
    log_value_per_kg: np.ndarray, usual_log_price: np.ndarray, spread_of_log_price: np.ndarray
) -> np.ndarray:
    """How far the price per kg lies from comparables of the past year, in standard deviations.

    Prices are compared by their logarithms; negative is cheaper; cut off at 10 either way.
    """
    return np.clip((log_value_per_kg - usual_log_price) / spread_of_log_price, -10, 10)


@signal(
    family="price",
    says="The gross mass is {value:.2f} times the net mass",
    flags=("S-misdeclared",),
    sees=("T3",),
)
def gross_to_net(gross_mass_kg: np.ndarray, net_mass_kg: np.ndarray) -> np.ndarray:
    """Gross mass divided by net mass of the item."""
    return ratio(gross_mass_kg, net_mass_kg)


@signal(
    family="price",
    says="The goods weigh {value:,.1f} kg per package",
    flags=("S-misdeclared",),
    sees=("T3",),
)
def kg_per_package(gross_mass_kg: np.ndarray, packages: np.ndarray) -> np.ndarray:
    """Gross mass per package in kg."""
    return ratio(gross_mass_kg, packages)


def _at_level(level: np.ndarray, *groups: np.ndarray) -> np.ndarray:
    """For each record the value of the group that its level names; NaN without a level."""
    value = np.full(len(level), np.nan)
    for position, group in enumerate(groups):
        value = np.where(level == position, group, value)
    return value
