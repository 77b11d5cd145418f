"""What a record says, put so that signals, keys and sentences can share it."""

from ..arrays import as_number, log_positive, ratio
from ..columns import each_text
from ..declare import fact
from ..lists import as_hs2022, listed_since, tier
from ..values import DAY, Values, known, where


@fact
def hs2(hs_code: Values) -> Values:
    """The chapter: the first two digits of the HS code."""
    return each_text(hs_code, lambda code: code[:2])


@fact
def hs4(hs_code: Values) -> Values:
    """The heading: the first four digits of the HS code."""
    return each_text(hs_code, lambda code: code[:4])


@fact
def hs6(hs_code: Values) -> Values:
    """The subheading in HS 2022; codes of HS 2017 with one successor are taken to it."""
    return each_text(hs_code, lambda code: as_hs2022(code[:6]))


@fact
def previous_hs6(previous_hs_code: Values) -> Values:
    """The subheading, in HS 2022, on the document before this one."""
    return each_text(previous_hs_code, lambda code: as_hs2022(code[:6]))


@fact
def tier_in_force(hs6: Values, declared_on: Values) -> Values:
    """The priority tier of the goods on the day: 1 (gravest) to 4, and 0 for goods not listed."""
    return tier_on(hs6, declared_on)


@fact
def listed_goods(tier_in_force: Values) -> Values:
    """1 where the goods are on the priority list in force on the day."""
    return as_number(tier_in_force > 0, known(tier_in_force))


@fact
def value_per_kg(customs_value_usd: Values, net_mass_kg: Values) -> Values:
    """Declared value in USD per kg of net mass."""
    return ratio(customs_value_usd, net_mass_kg)


@fact
def log_value_per_kg(value_per_kg: Values) -> Values:
    """The natural logarithm of the value per kg, in which prices are compared."""
    return log_positive(value_per_kg)


def tier_on(hs6: Values, day: Values) -> Values:
    """The priority tier in force on a day, 0 where not listed, NaN where the code is missing."""
    since = each_text(hs6, listed_since, dtype=DAY)
    return where(since <= day, each_text(hs6, tier, float), each_text(hs6, lambda _: 0.0, float))
