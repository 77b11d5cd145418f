"""Small array operations that signals share; missing stays missing in all of them."""

import numpy as np

from .columns import missing


def days_between(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Days from one day to another; NaN where either is missing."""
    days = (later - earlier).astype("timedelta64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))


def log_positive(values: np.ndarray) -> np.ndarray:
    """The natural logarithm; NaN where the value is not above zero."""
    return np.log(np.where(values > 0, values, np.nan))


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole; NaN where the whole is not above zero, or so near it that no number is left."""
    with np.errstate(over="ignore"):
        quotient = part / np.where(whole > 0, whole, np.nan)
    return np.where(np.isinf(quotient), np.nan, quotient)


def smoothed(part: np.ndarray, whole: np.ndarray, usual: np.ndarray, weight: float) -> np.ndarray:
    """part / whole, drawn towards the usual rate as by `weight` further observations of it."""
    return (part + weight * usual) / (whole + weight)


def as_number(true: np.ndarray, known: np.ndarray) -> np.ndarray:
    """1 where true, 0 where not, NaN where not known."""
    return np.where(known, np.asarray(true, dtype=np.float64), np.nan)


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
