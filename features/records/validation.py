"""A raw frame becomes a typed one, and a list of every fault of the rows that were left out."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from .cells import shown
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
    frame: pd.DataFrame, table: Table = DECLARATIONS, today: date | None = None
) -> Validated:
    """The rows that fit the table, typed, and every fault of the rows that do not."""
    _require_columns(frame, table)
    columns = [one for one in table.every_column if one.name in frame.columns]
    checks = {one.name: checked(frame[one.name], one, today or date.today()) for one in columns}
    faults = [_fault_rows(frame[name], name, check) for name, check in checks.items()]
    faults.append(_repeated_keys(frame, table, checks))
    rejected = pd.concat(faults, ignore_index=True).sort_values("row", kind="stable")
    good = ~np.isin(np.arange(len(frame)), rejected["row"].to_numpy())
    return Validated(
        _accepted(frame.index[good], columns, checks, good),
        _labelled(rejected, frame.index),
        tuple(str(name) for name in frame.columns if name not in table.names),
    )


def no_faults() -> pd.DataFrame:
    """A table of faults without any."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in FAULT_COLUMNS})


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


def _fault_rows(cells: pd.Series, name: str, check: Checked) -> pd.DataFrame:
    positions = check.faults.index.to_numpy(dtype="int64")
    return pd.DataFrame(
        {
            "row": positions,
            "column": name,
            "value": [shown(value) for value in cells.iloc[positions]],
            "expected": check.faults.to_numpy(),
        },
        columns=list(FAULT_COLUMNS),
    )


def _repeated_keys(frame: pd.DataFrame, table: Table, checks: dict[str, Checked]) -> pd.DataFrame:
    """A fault for each row whose key an earlier row has; unreadable keys equal none."""
    keys = pd.DataFrame({name: checks[name].values for name in table.key}).dropna()
    again = keys.index[keys.duplicated()]
    given = frame[list(table.key)].iloc[again].itertuples(index=False, name=None)
    return pd.DataFrame(
        {
            "row": again.to_numpy(dtype="int64"),
            "column": ", ".join(table.key),
            "value": [", ".join(map(shown, key)) for key in given],
            "expected": f"a key ({', '.join(table.key)}) that no earlier row has",
        },
        columns=list(FAULT_COLUMNS),
    )


def _accepted(
    index: pd.Index, columns: list[Column], checks: dict[str, Checked], good: np.ndarray
) -> pd.DataFrame:
    typed = {}
    for column in columns:
        values = checks[column.name].values[good]
        typed[column.name] = values.astype(_WITHOUT_MISSING.get(column.kind, values.dtype))
    return pd.DataFrame(typed).set_axis(index)


def _labelled(rejected: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    labels = index.take(rejected["row"].to_numpy(dtype="int64")).to_list()
    return rejected.assign(row=pd.Series(labels, index=rejected.index, dtype=object)).reset_index(
        drop=True
    )
