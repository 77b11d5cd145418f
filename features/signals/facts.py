"""What a record says, put so that signals, keys and sentences can share it."""

import numpy as np

from ..arrays import as_number, log_positive, ratio
from ..columns import DAY, each_text
from ..declare import fact
from ..lists import as_hs2022, listed_since, tier


@fact
def hs2(hs_code: np.ndarray) -> np.ndarray:
    """The chapter: the first two digits of the HS code."""
    return each_text(hs_code, lambda code: code[:2])


@fact
def hs4(hs_code: np.ndarray) -> np.ndarray:
    """The heading: the first four digits of the HS code."""
    return each_text(hs_code, lambda code: code[:4])


@fact
def hs6(hs_code: np.ndarray) -> np.ndarray:
    """The subheading in HS 2022; codes of HS 2017 with one successor are taken to it."""
    return each_text(hs_code, lambda code: as_hs2022(code[:6]))


@fact
def previous_hs6(previous_hs_code: np.ndarray) -> np.ndarray:
    """The subheading, in HS 2022, on the document before this one."""
    return each_text(previous_hs_code, lambda code: as_hs2022(code[:6]))


@fact
def tier_in_force(hs6: np.ndarray, declared_on: np.ndarray) -> np.ndarray:
    """The priority tier of the goods on the day: 1 (gravest) to 4, and 0 for goods not listed."""
    return tier_on(hs6, declared_on)


@fact
def listed_goods(tier_in_force: np.ndarray) -> np.ndarray:
    """1 where the goods are on the priority list in force on the day."""
    return as_number(tier_in_force > 0, ~np.isnan(tier_in_force))


@fact
def value_per_kg(customs_value_usd: np.ndarray, net_mass_kg: np.ndarray) -> np.ndarray:
    """Declared value in USD per kg of net mass."""
    return ratio(customs_value_usd, net_mass_kg)


@fact
def log_value_per_kg(value_per_kg: np.ndarray) -> np.ndarray:
    """The natural logarithm of the value per kg, in which prices are compared."""
    return log_positive(value_per_kg)


def tier_on(hs6: np.ndarray, day: np.ndarray) -> np.ndarray:
    """The priority tier in force on a day, 0 where not listed, NaN where the code is missing."""
    since = each_text(hs6, listed_since, dtype=DAY)
    return np.where(since <= day, each_text(hs6, tier, float), each_text(hs6, lambda _: 0.0, float))
