"""Records as plain arrays: what facts, signals and the history compute on."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .records.schema import DECLARATIONS

# name → array, one entry per record. Text is an object array with None where missing, days are
# datetime64[D] with NaT, everything else is float64 with NaN.
Columns = Mapping[str, np.ndarray]

DAY = "datetime64[D]"

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
    array = values.to_numpy(dtype=object)
    array[pd.isna(array)] = None
    return array


def rows_of(columns: Columns) -> int:
    """The number of records."""
    return len(next(iter(columns.values())))


def absent(name: str, rows: int) -> np.ndarray:
    """A column that the records do not have: missing everywhere, in the column's own form."""
    column = DECLARATIONS.column(name)
    kind = column.kind
    if kind in _NUMBERS:
        return np.full(rows, np.nan)
    if kind in _DAYS:
        return np.full(rows, np.datetime64("NaT", "D"))
    return np.full(rows, None, dtype=object)


def missing(array: np.ndarray) -> np.ndarray:
    """True where a value is missing, whatever the kind of column."""
    if array.dtype == object:
        return np.asarray(array == None)  # noqa: E711 — element by element
    return np.isnan(array) if array.dtype.kind == "f" else np.isnat(array)


def each_text(texts: np.ndarray, change: Callable[[Any], Any], dtype: Any = object) -> np.ndarray:
    """A function applied to every text, once per distinct one; None or NaN where missing."""
    absent = None if dtype is object else ("NaT" if dtype == DAY else np.nan)
    if len(texts) < 8:  # one record: building a table of distinct texts costs more
        values = [absent if text is None else change(text) for text in texts]
        return _filled(values, dtype)
    codes, distinct = pd.factorize(texts)
    table = _filled([*(change(text) for text in distinct), absent], dtype)
    return table[codes]


def _filled(values: list[Hashable], dtype: Any) -> np.ndarray:
    array = np.empty(len(values), dtype=dtype)
    array[:] = values
    return array
