"""Small array operations that signals share; missing stays missing in all of them.

Compiled ones take one pass and one call: alone, a record's time is the number of its calls.
"""

import numpy as np
from numba import vectorize

from .columns import missing

_NO_DAY = np.iinfo(np.int64).min  # NaT as a number


def days_between(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Days from one day to another; NaN where either is missing."""
    return np.asarray(_as_days((later - earlier).view(np.int64)))


@vectorize(["float64(int64)"], cache=True)
def _as_days(days):  # type: ignore[no-untyped-def]
    return np.nan if days == _NO_DAY else float(days)


def log_positive(values: np.ndarray) -> np.ndarray:
    """The natural logarithm; NaN where the value is not above zero."""
    return np.log(np.where(values > 0, values, np.nan))


@vectorize(["float64(float64, float64)"], cache=True)
def ratio(part, whole):  # type: ignore[no-untyped-def]
    """part / whole; NaN where the whole is not above zero, or so near it that no number is left."""
    if not whole > 0:
        return np.nan
    quotient = part / whole
    return np.nan if np.isinf(quotient) else quotient


def smoothed(part: np.ndarray, whole: np.ndarray, usual: np.ndarray, weight: float) -> np.ndarray:
    """part / whole, drawn towards the usual rate as by `weight` further observations of it."""
    return (part + weight * usual) / (whole + weight)


@vectorize(["float64(boolean, boolean)", "float64(float64, boolean)"], cache=True)
def as_number(true, known):  # type: ignore[no-untyped-def]
    """1 where true, 0 where not, NaN where not known."""
    return true * 1.0 if known else np.nan


def one_if_known(values: np.ndarray) -> np.ndarray:
    """1 where there is a value, NaN where not: what counts how many entered a sum."""
    return np.where(np.isnan(values), np.nan, 1.0)


def differ(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """1 where two texts differ, 0 where they agree, NaN where either is missing."""
    return as_number(left != right, ~(missing(left) | missing(right)))


def only_where(texts: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Texts where known, None elsewhere."""
    kept = np.full(len(texts), None, dtype=object)
    kept[known] = texts[known]
    return kept
