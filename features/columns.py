"""Records as plain arrays: what facts, signals and the history compute on."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from .records.schema import DECLARATIONS
from .values import DAY, Values, as_day, as_day_of, column_of

# name → array, one entry per record. Text is an object array with None where missing, days are
# datetime64[D] with NaT, everything else is float64 with NaN. Or, of one record, its values.
Columns = Mapping[str, Values]

# What stands where there is no value, by what `each_text` makes.
_ABSENT = {object: None, float: np.nan, np.int64: 0, DAY: np.datetime64("NaT", "D")}

# The same of one record.
_ALONE: Mapping[Any, Callable[[Any], Any]] = {
    object: lambda text: text,
    float: lambda number: np.nan if number is None else float(number),
    np.int64: lambda number: number or 0,
    DAY: lambda day: as_day_of(day) if day is None or isinstance(day, date) else as_day(day),
}

# So few records are worked through one by one: a table of distinct texts costs more.
_FEW = 8

# Of so many records on, equal texts are made one object each: what is then asked of them (what is
# distinct, a hash) knows them again at a glance.
_MANY = 1000

# Kinds of column (see records/kinds.py) that are not text.
_NUMBERS = ("position", "quantity", "count", "share", "yes/no")
_DAYS = ("date", "past date", "month")


def columns_of(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """The columns of a validated frame as arrays."""
    return {str(name): _array(frame[name]) for name in frame.columns}


def _array(values: pd.Series) -> np.ndarray:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values.to_numpy().astype(DAY)
    if pd.api.types.is_bool_dtype(values.dtype) or pd.api.types.is_numeric_dtype(values.dtype):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    if len(values) < _MANY or not isinstance(values.dtype, pd.StringDtype):
        array = values.to_numpy(dtype=object)
        array[pd.isna(array)] = None
        return array
    codes, distinct = pd.factorize(values)
    missing = np.array([None], dtype=object)  # its code is -1: the last
    return np.append(distinct.to_numpy(dtype=object), missing)[codes]


def repeated(values: Columns, rows: int) -> dict[str, np.ndarray]:
    """The values of one record as columns of so many equal ones."""
    return {name: np.repeat(column_of(value), rows) for name, value in values.items()}


def rows_of(columns: Columns) -> int:
    """The number of records."""
    first = next(iter(columns.values()))
    return len(first) if isinstance(first, np.ndarray) else 1


def absent(name: str, rows: int) -> np.ndarray:
    """A column that the records do not have: missing everywhere, in the column's own form."""
    column = DECLARATIONS.column(name)
    kind = column.kind
    if kind in _NUMBERS:
        return np.full(rows, np.nan)
    if kind in _DAYS:
        return np.full(rows, np.datetime64("NaT", "D"))
    return np.full(rows, None, dtype=object)


def each_text(texts: Values, change: Callable[[Any], Any], dtype: Any = object) -> Values:
    """A function applied to every text, once per distinct one; None, NaN or 0 where missing.

    Where days are made, the function gives a datetime64, or a date or None.
    """
    if not isinstance(texts, np.ndarray):
        return _ALONE[dtype](None if texts is None else change(texts))
    if len(texts) < _FEW:
        array = np.empty(len(texts), dtype=dtype)
        for at, text in enumerate(texts.tolist()):
            array[at] = _ABSENT[dtype] if text is None else change(text)
        return array
    codes, distinct = pd.factorize(texts)
    table = np.empty(len(distinct) + 1, dtype=dtype)
    for at, text in enumerate(distinct):
        table[at] = change(text)
    table[-1] = _ABSENT[dtype]
    return table[codes]


def each_pair(left: Values, right: Values, change: Callable[[Any, Any], float]) -> Values:
    """A function applied to texts side by side, once per distinct pair; NaN where one is missing.

    right: texts, or whole numbers.
    """
    if not isinstance(left, np.ndarray):
        return np.nan if left is None or right is None else change(left, right)
    if len(left) < _FEW:
        pairs = zip(left.tolist(), right.tolist(), strict=True)
        told = [np.nan if a is None or b is None else change(a, b) for a, b in pairs]
        return np.array(told, dtype=np.float64)
    (codes, lefts), (others, rights) = pd.factorize(left), pd.factorize(right)
    known = (codes >= 0) & (others >= 0)
    found = np.full(len(left), np.nan)
    of_pair, pairs_seen = pd.factorize(codes[known] * len(rights) + others[known])
    at, other = np.divmod(pairs_seen, max(len(rights), 1))
    told = [change(a, b) for a, b in zip(lefts[at], rights[other], strict=True)]
    found[known] = np.array(told, dtype=np.float64)[of_pair]
    return found
