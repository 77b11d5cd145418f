"""Tables as named arrays of one length: small, and quick for few rows and for many."""

from collections.abc import Sequence

import numpy as np

from .draw import Array

Columns = dict[str, Array]  # no columns stand for no rows


def count(columns: Columns) -> int:
    """The number of rows."""
    return len(next(iter(columns.values()))) if columns else 0


def taken(columns: Columns, rows: Array) -> Columns:
    """The rows with these numbers, or where this mask is true."""
    return {name: values[rows] for name, values in columns.items()}


def joined(parts: Sequence[Columns]) -> Columns:
    """One after the other; parts without rows may lack columns."""
    filled = [part for part in parts if count(part)]
    if not filled:
        return next((dict(part) for part in parts if part), {})
    return {name: np.concatenate([part[name] for part in filled]) for name in filled[0]}
