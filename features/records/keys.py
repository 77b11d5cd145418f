"""Errors of a mapping, and checks of its keys."""

from __future__ import annotations

from typing import Any

import pandas as pd


class MappingError(ValueError):
    """A mapping that is wrong or does not fit the data; names the key and what is expected."""


def wrong(key: str, expected: str, found: object) -> MappingError:
    """The error for a key whose value is not what is expected."""
    return MappingError(f"{key}: expected {expected}, found {found!r}")


def only(table: Any, key: str, *names: str) -> dict[str, Any]:
    """The table, if it is one and has no other keys than those."""
    if not isinstance(table, dict):
        raise wrong(key, f"a table with {', '.join(names)}", table)
    for name in table:
        if name not in names:
            raise MappingError(f"{key}.{name}: not a known key; known are {', '.join(names)}")
    return table


def present(frame: pd.DataFrame, theirs: str, key: str) -> None:
    """Refuse a foreign column that the data does not have exactly once."""
    if list(frame.columns).count(theirs) != 1:
        names = ", ".join(map(str, frame.columns))
        raise MappingError(f"{key}: the data has no column {theirs!r}; it has {names}")
