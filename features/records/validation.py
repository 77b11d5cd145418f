"""A raw frame becomes a typed one, and a list of every fault of the rows that were left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from .cells import shown
from .earlier import Earlier
from .kinds import Checked, checked
from .schema import DECLARATIONS, Column, Table

FAULT_COLUMNS = ("row", "column", "value", "expected")

# Numbers and answers that no accepted row lacks need no missing value.
_WITHOUT_MISSING = {"position": "int64", "yes/no": "bool"}


class SchemaError(ValueError):
    """A frame that cannot be read as the table at all."""


@dataclass(frozen=True)
class Validated:
    """The good rows in the types of their table, one row per fault of the others, and the rest."""

    accepted: pd.DataFrame
    rejected: pd.DataFrame
    ignored: tuple[str, ...]


def validated(
    frame: pd.DataFrame,
    table: Table = DECLARATIONS,
    today: date | None = None,
    earlier: Earlier | None = None,
) -> Validated:
    """The rows that fit the table, typed, and every fault of the rows that do not.

    earlier: the keys of the blocks of the same table before this one, to which its own are added.
    """
    _require_columns(frame, table)
    columns = [one for one in table.every_column if one.name in frame.columns]
    checks = {one.name: checked(frame[one.name], one, today or date.today()) for one in columns}
    faults = [one for name in checks for one in _faults(frame[name], name, checks[name])]
    faults += _repeated_keys(frame, table, checks, earlier or Earlier())
    faults += _too_early(frame, table, checks)
    faults.sort(key=itemgetter(0))  # stable: within a row the order of the columns stays
    good = np.ones(len(frame), dtype=bool)
    good[[position for position, *_ in faults]] = False
    return Validated(
        _accepted(frame.index, columns, checks, good),
        fault_table([(frame.index[position], *rest) for position, *rest in faults]),
        tuple(str(name) for name in frame.columns if name not in table.names),
    )


def fault_table(faults: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Faults as a table of row, column, value and what was expected."""
    parts = zip(*faults, strict=True) if faults else [()] * len(FAULT_COLUMNS)
    return pd.DataFrame(
        {
            name: pd.Series(list(part), dtype=object)
            for name, part in zip(FAULT_COLUMNS, parts, strict=True)
        }
    )


def _require_columns(frame: pd.DataFrame, table: Table) -> None:
    present = [str(name) for name in frame.columns]
    absent = [one.name for one in table.columns if one.required and one.name not in present]
    if absent:
        raise SchemaError(
            f"{table.name}: missing the required {_columns(absent)}; "
            f"the data has {_columns(present) if present else 'no columns'}"
        )
    double = [one.name for one in table.every_column if present.count(one.name) > 1]
    if double:
        raise SchemaError(f"{table.name}: more than one column is named {', '.join(double)}")


def _columns(names: list[str]) -> str:
    return f"column{'s' if len(names) > 1 else ''} {', '.join(names)}"


def _faults(cells: pd.Series, name: str, check: Checked) -> list[tuple[Any, ...]]:
    if not check.faults:
        return []
    found = cells.iloc[list(check.faults)].to_list()
    return [
        (position, name, shown(value), expected)
        for (position, expected), value in zip(check.faults.items(), found, strict=True)
    ]


def _repeated_keys(
    frame: pd.DataFrame, table: Table, checks: dict[str, Checked], earlier: Earlier
) -> list[tuple[Any, ...]]:
    """A fault for each row whose key an earlier row has; unreadable keys equal none."""
    keys = pd.DataFrame({name: checks[name].values for name in table.key}).dropna()
    again = keys.index[earlier.counted(keys) > 0]
    given = frame[list(table.key)].iloc[again].itertuples(index=False, name=None)
    name = ", ".join(table.key)
    return [
        (position, name, ", ".join(map(shown, key)), f"a key ({name}) that no earlier row has")
        for position, key in zip(again.tolist(), given, strict=True)
    ]


def _too_early(
    frame: pd.DataFrame, table: Table, checks: dict[str, Checked]
) -> list[tuple[Any, ...]]:
    """A fault for each day on which the month that it speaks of was not over."""
    if table.after is None or table.after[0] not in checks:
        return []
    name, of = table.after
    over = checks[of].values.to_numpy().astype("datetime64[M]") + 1
    early = np.flatnonzero(checks[name].values.to_numpy() < over.astype("datetime64[s]"))
    given = frame[name].iloc[early]
    return [
        (position, name, shown(value), f"a day after the {of} is over")
        for position, value in zip(early.tolist(), given, strict=True)
    ]


def _accepted(
    index: pd.Index, columns: list[Column], checks: dict[str, Checked], good: np.ndarray
) -> pd.DataFrame:
    frame = pd.DataFrame({one.name: checks[one.name].values for one in columns}).set_axis(index)
    kept = frame if good.all() else frame[good]
    final = {one.name: _WITHOUT_MISSING.get(one.kind) for one in columns}
    return kept.astype({name: dtype for name, dtype in final.items() if dtype})
