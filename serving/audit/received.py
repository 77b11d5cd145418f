"""What came in, as plain values."""

from typing import Any

import pandas as pd


def received_of(declarations: pd.DataFrame) -> list[dict[str, Any]]:
    """Validated declarations as records that JSON holds: days as ISO text, nothing missing."""
    columns = [_plain(declarations[name]) for name in declarations]
    names = [str(name) for name in declarations]
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for values in zip(*columns, strict=True)
    ]


def _plain(column: pd.Series) -> list[Any]:
    """Text and numbers of a column, None where missing."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = column.dt.strftime("%Y-%m-%d")
    there = column.notna()
    return [value if known else None for value, known in zip(column.tolist(), there, strict=True)]
