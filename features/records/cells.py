"""Cells of any type as text, and as the short text that a person is shown."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

SHOWN = 80
_EXACT_WHOLE = 1e15


class Words(NamedTuple):
    """A column as text, and where a cell held something that has no text."""

    text: pd.Series
    odd: np.ndarray


def is_missing(value: Any) -> bool:
    """Whether a cell is None, NaN, NaT or NA."""
    if isinstance(value, (float, np.floating)):
        return bool(value != value)
    if isinstance(value, Decimal):
        return value.is_nan()
    if isinstance(value, (np.datetime64, np.timedelta64)):
        return bool(np.isnat(value))
    return value is None or value is pd.NA or value is pd.NaT


def shown(value: object) -> str:
    """A cell as short printable text, empty where it is missing."""
    if is_missing(value):
        return ""
    try:
        # The slice spares the cost of escaping a megabyte that nobody is shown.
        text = repr(value[: SHOWN + 1] if isinstance(value, str) else value)
    except Exception:  # a foreign type's repr may fail in any way, an int's when it is too long
        text = f"<{type(value).__name__}>"
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def words(cells: pd.Series, compound: bool = False) -> Words:
    """The cells as text; with compound, lists and mappings become text as well."""
    if cells.dtype == "str":
        return Words(cells, np.zeros(len(cells), dtype=bool))
    spell = _spelled_compound if compound else _spelled
    odd = np.zeros(len(cells), dtype=bool)
    text: list[str | None] = []
    for position, value in enumerate(cells.astype(object)):
        try:
            text.append(spell(value))
        except (TypeError, ValueError):
            odd[position] = True
            text.append(None)
    return Words(_as_str(text, cells.index), odd)


def _as_str(text: list[str | None], index: pd.Index) -> pd.Series:
    try:
        return pd.Series(text, index=index, dtype="str")
    except UnicodeEncodeError:  # lone surrogates: half of a character
        readable = [_without_surrogates(one) for one in text]
        return pd.Series(readable, index=index, dtype="str")


def _without_surrogates(text: str | None) -> str | None:
    return (
        text
        if text is None
        else "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    )


def _spelled(value: Any) -> str | None:
    if isinstance(value, str):
        return str(value)
    if is_missing(value):
        return None
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return _spelled_float(float(value))
    if isinstance(value, (date, pd.Timestamp)):
        return value.isoformat()
    if isinstance(value, (Decimal, np.datetime64)):
        return str(value)
    raise TypeError(f"no text for a {type(value).__name__}")


def _spelled_float(value: float) -> str:
    # An identifier that a reader took for a number comes as 97061800.0.
    whole = abs(value) < _EXACT_WHOLE and value.is_integer()
    return str(int(value)) if whole else repr(value)


def _spelled_compound(value: Any) -> str | None:
    if isinstance(value, Mapping):
        return " ".join(_pair(*one) for one in value.items() if not is_missing(one[1]))
    if isinstance(value, (list, tuple, np.ndarray)):
        return " ".join(_part(one) for one in value)
    return _spelled(value)


def _part(value: Any) -> str:
    return _pair(*value) if isinstance(value, (list, tuple, np.ndarray)) else _given(value)


def _pair(name: Any, share: Any) -> str:
    return f"{_given(name)}:{_given(share)}"


def _given(value: Any) -> str:
    text = _spelled(value)
    if not text:
        raise ValueError("a part without a value")
    return text


def by_distinct(text: pd.Series, of: Callable[[str], Any]) -> tuple[np.ndarray, list[Any]]:
    """The results of a function for the distinct texts, and which result each cell has."""
    codes, distinct = pd.factorize(text)
    return codes, [of(one) for one in distinct]
