"""What a cell of each kind of column may hold, checked a column at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from . import codes
from .cells import by_distinct, words
from .codes import Unfit
from .schema import Column

REQUIRED = "a value; this column is required"
UNREADABLE = (
    "readable UTF-8 text (the file may be in another encoding, e.g. windows-1251: "
    "give its name with --encoding)"
)
A_NUMBER = "a number with a decimal point"

LONGEST_ID = 100
LONGEST_TEXT = 2000
LONGEST_NAME = 500
LONGEST_NAMES = 50_000
FIRST_DECLARATION = date(1990, 1, 1)
FIRST_FIRM = date(1700, 1, 1)

_CONTROL = "[\\x00-\\x1f\\x7f-\\x9f\ufffd]"
NUMBER = r"^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"


@dataclass(frozen=True)
class Checked:
    """A typed column, and for the positions of its faulty cells what was expected there."""

    values: pd.Series
    faults: dict[int, str]


Check = Callable[[pd.Series, Column, date], Checked]


def checked(cells: pd.Series, column: Column, today: date) -> Checked:
    """The cells in the type of their column, with a fault for each that does not fit."""
    found = CHECKS[column.kind](cells.reset_index(drop=True), column, today)
    if not column.required:
        return found
    missing = np.flatnonzero(found.values.isna()).tolist()
    return Checked(found.values, dict.fromkeys(missing, REQUIRED) | found.faults)


def _judged(values: pd.Series, *rules: tuple[Any, str]) -> Checked:
    """The values, without those that break a rule; the first broken rule is the fault."""
    faults: dict[int, str] = {}
    for broken, text in reversed(rules):
        faults |= dict.fromkeys(np.flatnonzero(broken).tolist(), text)
    return Checked(_without(values, faults), faults)


def _without(values: pd.Series, faults: dict[int, str]) -> pd.Series:
    if not faults:
        return values
    good = np.ones(len(values), dtype=bool)
    good[list(faults)] = False
    return values.where(good)


def _text(cells: pd.Series, column: Column, today: date, longest: int, lines: bool) -> Checked:
    said = words(cells)
    text = said.text.str.strip()
    if lines:  # a description may run over lines or hold tabs; it is kept as one line
        text = text.str.replace(r"[\t\r\n]+", " ", regex=True)
    text = text.where(text != "")
    return _judged(
        text,
        (said.odd, "text"),
        (text.str.contains(_CONTROL, regex=True, na=False), UNREADABLE),
        (text.str.len() > longest, f"at most {longest} characters"),
    )


def _written(
    cells: pd.Series,
    column: Column,
    today: date,
    read: Callable[[str], Any],
    dtype: str = "str",
    compound: bool = False,
    otherwise: str = "text",
) -> Checked:
    """Cells that a reader of one value understands; asked once for each distinct text."""
    said = words(cells, compound)
    which, results = by_distinct(said.text, partial(_read, read))
    # Missing cells have the code -1, which is the place of the last entry.
    values = pd.array([value for value, _ in results] + [None], dtype=dtype).take(which)
    faults = dict.fromkeys(np.flatnonzero(said.odd).tolist(), otherwise)
    unfit = [number for number, (_, fault) in enumerate(results) if fault]
    for position in np.flatnonzero(np.isin(which, unfit)).tolist():
        faults[position] = results[which[position]][1]
    return Checked(pd.Series(values), faults)


def _read(read: Callable[[str], Any], text: str) -> tuple[Any, str | None]:
    word = text.strip()
    try:
        value = read(word) if word else ""
    except Unfit as unfit:
        return None, str(unfit)
    return (None if value == "" else value), None


def _number(
    cells: pd.Series, column: Column, today: date, least: float = 0.0, whole: bool = False
) -> Checked:
    values, given = numbers(cells)
    wanted = f"a whole number from {least:g}" if whole else A_NUMBER
    with np.errstate(invalid="ignore"):
        broken = whole & np.isfinite(values) & (values != np.floor(values))
    most = f"at most {column.most:,.0f} {column.unit}".rstrip()  # "inf" is never exceeded
    return _judged(
        pd.Series(values),
        (given & ~np.isfinite(values) | broken, wanted),
        (values < least, f"a number from {least:g}"),
        (values > column.most, most),
    )


def numbers(cells: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The cells as floats, NaN where they are no number, and where there was anything at all."""
    if cells.dtype.kind in "iuf":
        return cells.to_numpy(dtype="float64", na_value=np.nan), cells.notna().to_numpy()
    said = words(cells)
    text = said.text.str.strip()
    given = ((text != "") & text.notna()).to_numpy(dtype=bool) | said.odd
    written = text.where(text.str.match(NUMBER, na=False))
    numbers = pa.array(written, type=pa.large_string()).cast(pa.float64())
    return numbers.to_numpy(zero_copy_only=False), given


def _day(cells: pd.Series, column: Column, today: date, earliest: date, past: bool) -> Checked:
    if cells.dtype.kind == "M":
        found = Checked(_midnights(cells), {})
    else:
        found = _written(cells, column, today, codes.day, "datetime64[s]", otherwise=codes.A_DATE)
    days = found.values
    inside = _judged(
        days,
        ((days < pd.Timestamp(earliest)), f"a date from {earliest} on"),
        ((days > pd.Timestamp(today)) & past, f"a date not after {today}"),
    )
    return Checked(inside.values, found.faults | inside.faults)


def _month(cells: pd.Series, column: Column, today: date) -> Checked:
    if cells.dtype.kind == "M":
        found = Checked(_midnights(cells), {})
    else:
        found = _written(
            cells, column, today, codes.month, "datetime64[s]", otherwise=codes.A_MONTH
        )
    months = found.values.to_numpy().astype("datetime64[M]")
    firsts = pd.Series(months.astype("datetime64[s]"))
    inside = _judged(
        firsts,
        (firsts < pd.Timestamp(FIRST_DECLARATION), f"a month from {FIRST_DECLARATION:%Y-%m} on"),
        (firsts > pd.Timestamp(today), f"a month not after {today:%Y-%m}"),
    )
    return Checked(inside.values, found.faults | inside.faults)


def _midnights(cells: pd.Series) -> pd.Series:
    return cells.dt.tz_localize(None).dt.as_unit("s").dt.normalize()


def _one_of(cells: pd.Series, column: Column, today: date) -> Checked:
    listed = f"one of {', '.join(column.choices)}"
    return _written(cells, column, today, partial(codes.one_of, column.choices), otherwise=listed)


CHECKS: dict[str, Check] = {
    "id": partial(_text, longest=LONGEST_ID, lines=False),
    "text": partial(_text, longest=LONGEST_TEXT, lines=True),
    "name": partial(_text, longest=LONGEST_NAME, lines=True),
    "names": partial(_text, longest=LONGEST_NAMES, lines=True),
    "date": partial(_day, earliest=FIRST_FIRM, past=False),
    "past date": partial(_day, earliest=FIRST_DECLARATION, past=True),
    "month": _month,
    "position": partial(_number, least=1.0, whole=True),
    "count": partial(_number, whole=True),
    "quantity": _number,
    "share": _number,
    "country": partial(_written, read=codes.country, otherwise=codes.A_COUNTRY),
    "countries": partial(_written, read=codes.route, compound=True, otherwise=codes.A_ROUTE),
    "owners": partial(_written, read=codes.owners, compound=True, otherwise=codes.OWNERS),
    "HS code": partial(_written, read=codes.hs_code, otherwise=codes.AN_HS_CODE),
    "currency": partial(_written, read=codes.currency, otherwise=codes.A_CURRENCY),
    "procedure": partial(_written, read=codes.procedure, otherwise=codes.A_PROCEDURE),
    "one of": _one_of,
    "yes/no": partial(_written, read=codes.yes_or_no, dtype="object", otherwise=codes.YES_OR_NO),
}
