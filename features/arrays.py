"""Small operations that signals share, on columns or on the values of one record (values.py).

Missing stays missing in all of them. On columns, compiled ones take one pass.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import vectorize

from .values import NO_DAY, Values, known, missing, where

_MOST_EXPONENT = 700.0


def days_between(earlier: Values, later: Values) -> Values:
    """Days from one day to another; NaN where either is missing."""
    between = later - earlier
    return (
        np.asarray(_as_days(between.view(np.int64))) if isinstance(between, np.ndarray) else between
    )


@vectorize(["float64(int64)"], cache=True)
def _as_days(days):  # type: ignore[no-untyped-def]
    return np.nan if days == NO_DAY else float(days)


# A number alone for which these have no plain answer goes on as a column (block.py).


def log(values: Values) -> Values:
    """The natural logarithm."""
    if isinstance(values, np.ndarray):
        return np.log(values)
    if values <= 0:
        raise ArithmeticError(f"no logarithm of {values}")
    return float(np.log(values))


def log1p(values: Values) -> Values:
    """The natural logarithm of one more."""
    if isinstance(values, np.ndarray):
        return np.log1p(values)
    if values <= -1:
        raise ArithmeticError(f"no logarithm of one more than {values}")
    return float(np.log1p(values))


def exp(values: Values) -> Values:
    """e to the power of the values."""
    if isinstance(values, np.ndarray):
        return np.exp(values)
    if values > _MOST_EXPONENT:
        raise ArithmeticError(f"e to the power of {values} is no number")
    return float(np.exp(values))


def root(values: Values) -> Values:
    """The square root."""
    if isinstance(values, np.ndarray):
        return np.sqrt(values)
    if values < 0:
        raise ArithmeticError(f"no square root of {values}")
    return math.sqrt(values)


def log_positive(values: Values) -> Values:
    """The natural logarithm; NaN where the value is not above zero."""
    return log(where(values > 0, values, np.nan))


def ratio(part: Values, whole: Values) -> Values:
    """part / whole; NaN where the whole is not above zero, or so near it that no number is left."""
    if isinstance(whole, np.ndarray) or isinstance(part, np.ndarray):
        return np.asarray(_ratio(part, whole))
    quotient = part / whole if whole > 0 else math.nan
    return math.nan if math.isinf(quotient) else quotient


@vectorize(["float64(float64, float64)"], cache=True)
def _ratio(part, whole):  # type: ignore[no-untyped-def]
    if not whole > 0:
        return np.nan
    quotient = part / whole
    return np.nan if np.isinf(quotient) else quotient


def smoothed(part: Values, whole: Values, usual: Any, weight: float) -> Values:
    """part / whole, drawn towards the usual rate as by `weight` further observations of it."""
    return (part + weight * usual) / (whole + weight)


def as_number(true: Values, told: Values) -> Values:
    """1 where true, 0 where not, NaN where it is not told."""
    if isinstance(told, np.ndarray):
        return np.asarray(_as_number(true, told))
    return true * 1.0 if told else math.nan


@vectorize(["float64(boolean, boolean)", "float64(float64, boolean)"], cache=True)
def _as_number(true, told):  # type: ignore[no-untyped-def]
    return true * 1.0 if told else np.nan


def one_if_known(values: Values) -> Values:
    """1 where there is a value, NaN where not: what counts how many entered a sum."""
    return where(missing(values), np.nan, 1.0)


def or_zero(values: Values) -> Values:
    """The values, 0 where missing."""
    return where(missing(values), 0.0, values)


def at_least(values: Values, least: float) -> Values:
    """The values, raised to the least one."""
    if isinstance(values, np.ndarray):
        return np.maximum(values, least)
    return least if values < least else values


def at_most(values: Values, most: float) -> Values:
    """The values, lowered to the most."""
    if isinstance(values, np.ndarray):
        return np.minimum(values, most)
    return most if values > most else values


def within(values: Values, least: float, most: float) -> Values:
    """The values, cut off at both ends."""
    return at_most(at_least(values, least), most)


def differ(left: Values, right: Values) -> Values:
    """1 where two texts differ, 0 where they agree, NaN where either is missing."""
    return as_number(left != right, known(left) & known(right))


def only_where(texts: Values, told: Values) -> Values:
    """Texts where told, None elsewhere."""
    if not isinstance(told, np.ndarray):
        return texts if told else None
    kept = np.full(len(texts), None, dtype=object)
    kept[told] = texts[told]
    return kept


def word_for(places: Values, words: Sequence[str]) -> Values:
    """The word at each place, None where the place is missing."""
    if not isinstance(places, np.ndarray):
        return None if places != places else words[int(places)]
    table = np.array([*words, None], dtype=object)
    return table[np.where(np.isnan(places), len(words), places).astype(np.int64)]


def at_level(level: Values, *groups: Values) -> Values:
    """For each record the value of the group that its level names; NaN without a level."""
    value: Any = np.nan
    for place, group in enumerate(groups):
        value = where(level == place, group, value)
    return value
