"""What facts and signals are worked out on: columns of records, or the values of one record.

A function of signals takes either. Of many records it is given arrays, one entry per record; of
one record the values themselves, because a call on an array of one costs as much as on a thousand,
twenty times as much as on a number. Whether both give the same is tested for every signal.
"""

import math
from datetime import date
from typing import Any, cast

import numpy as np

# A column, or of one record its value: text or None, a float with NaN, or a Day.
Values = np.ndarray | Any

DAY = "datetime64[D]"

NO_DAY = np.iinfo(np.int64).min  # NaT as a number


_EPOCH = date(1970, 1, 1).toordinal()


class Day(float):
    """The day of one record as days since 1970, NaN where missing: a difference is a number."""

    __slots__ = ()


NEVER = Day(math.nan)


def as_day(day: np.datetime64) -> Day:
    """A day of an array as that of one record."""
    return as_day_of(cast(date | None, day.item()))


def as_day_of(found: date | None) -> Day:
    """A date of the calendar as the day of one record."""
    return NEVER if found is None else Day(found.toordinal() - _EPOCH)


def alone(column: np.ndarray) -> Any:
    """The value of a column of one record."""
    if column.dtype.kind == "M":
        return as_day(column[0])
    return column.item(0)


def plain(value: Any) -> Any:
    """The value of one record as people and other systems know it: a day is a date, or None."""
    if not isinstance(value, Day):
        return value
    return None if value != value else date.fromordinal(int(value) + _EPOCH)


def as_column(values: Values) -> np.ndarray:
    """Values as a column: as they are, or one record's alone."""
    return values if isinstance(values, np.ndarray) else column_of(values)


def value_of(values: Values) -> Any:
    """The value of one record, given as such or as a column."""
    if not isinstance(values, np.ndarray):
        return values
    return alone(values)


def column_of(value: Any) -> np.ndarray:
    """The value of one record as a column."""
    if isinstance(value, Day):
        return np.array([NO_DAY if value != value else int(value)]).view(DAY)
    if isinstance(value, float | int):
        return np.array([value])
    column = np.empty(1, dtype=object)
    column[0] = value
    return column


def no_day(days: Values) -> Any:
    """A missing day in the form of the given ones."""
    return np.datetime64("NaT", "D") if isinstance(days, np.ndarray) else NEVER


def missing(values: Values) -> Values:
    """True where a value is missing, whatever its kind."""
    if not isinstance(values, np.ndarray):
        return values is None or values != values
    if values.dtype == object:
        return np.asarray(values == None)  # noqa: E711 — element by element
    return np.isnan(values) if values.dtype.kind == "f" else np.isnat(values)


def known(values: Values) -> Values:
    """True where there is a value."""
    if not isinstance(values, np.ndarray):
        return values is not None and values == values
    return ~missing(values)


def where(condition: Values, these: Any, others: Any) -> Values:
    """These where the condition holds, the others elsewhere."""
    if not isinstance(condition, np.ndarray):
        return these if condition else others
    return np.where(condition, these, others)


def not_so(condition: Values) -> Values:
    """True where a condition does not hold."""
    return ~condition if isinstance(condition, np.ndarray) else not condition
