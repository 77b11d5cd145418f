"""One record without a frame, which alone costs more than its score.

Only cells that plainly keep to the rules are taken here. Whatever else a record holds is judged by
the frame's way (validation.py), which alone names faults; so nothing is accepted here that it would
refuse, or otherwise than it would.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from ..values import Day, as_day_of
from . import codes
from .codes import Unfit
from .kinds import (
    FIRST_DECLARATION,
    FIRST_FIRM,
    LONGEST_ID,
    LONGEST_NAME,
    LONGEST_NAMES,
    LONGEST_TEXT,
    NUMBER,
)
from .schema import DECLARATIONS, Column

_NUMBER = re.compile(NUMBER)


class _Unsure(Exception):
    """A cell that a frame must judge."""


Reader = Callable[[Any, Column, date], Any]


def plain_record(record: Mapping[str, Any], today: date) -> dict[str, Any] | None:
    """The values of a declaration by column: text or None, a float with NaN, or a Day.

    None where any cell must be judged in a frame: it may be faulty, or be written in another way.
    """
    found: dict[str, Any] = {}
    try:
        for column in DECLARATIONS.every_column:
            if column.name in record:
                value = _READERS[column.kind](record[column.name], column, today)
                found[column.name] = value
            if column.required and _is_open(found.get(column.name)):
                return None
    except (_Unsure, Unfit, OverflowError):
        return None
    return found


def _is_open(value: Any) -> bool:
    return value is None or value != value


def _plain_text(cell: Any) -> str:
    """What is written in a cell, stripped; empty where it is missing."""
    if cell is None or (isinstance(cell, float) and cell != cell):
        return ""
    if type(cell) is int:
        return str(cell)
    # The only blank among printable characters is the space: all ways to strip agree on it.
    if type(cell) is not str or not cell.isprintable():
        raise _Unsure
    return cell.strip()


def _text(cell: Any, column: Column, today: date, longest: int) -> str | None:
    text = _plain_text(cell)
    if len(text) > longest or "\ufffd" in text:
        raise _Unsure
    return text or None


def _written(cell: Any, column: Column, today: date, read: Callable[[str], str]) -> str | None:
    text = _plain_text(cell)
    return (read(text) or None) if text else None


def _number(
    cell: Any, column: Column, today: date, least: float = 0.0, whole: bool = False
) -> float:
    if isinstance(cell, float) or type(cell) is int:
        number = float(cell)
    elif text := _plain_text(cell):
        if not _NUMBER.fullmatch(text):
            raise _Unsure
        number = float(text)
    else:
        number = math.nan
    if number == number and not (
        least <= number <= column.most and number < math.inf and (not whole or number.is_integer())
    ):
        raise _Unsure
    return number + 0.0  # without a sign of zero, as a frame has it


def _day(cell: Any, column: Column, today: date, earliest: date, past: bool) -> Day:
    text = cell.isoformat() if isinstance(cell, date) else _plain_text(cell)
    found = codes.day(text) if text else None
    if found is not None and (found < earliest or (past and found > today)):
        raise _Unsure
    return as_day_of(found)


def _one_of(cell: Any, column: Column, today: date) -> str | None:
    return _written(cell, column, today, partial(codes.one_of, column.choices))


_READERS: dict[str, Reader] = {
    "id": partial(_text, longest=LONGEST_ID),
    "text": partial(_text, longest=LONGEST_TEXT),
    "name": partial(_text, longest=LONGEST_NAME),
    "names": partial(_text, longest=LONGEST_NAMES),
    "date": partial(_day, earliest=FIRST_FIRM, past=False),
    "past date": partial(_day, earliest=FIRST_DECLARATION, past=True),
    "position": partial(_number, least=1.0, whole=True),
    "count": partial(_number, whole=True),
    "quantity": _number,
    "share": _number,
    "country": partial(_written, read=codes.country),
    "countries": partial(_written, read=codes.route),
    "owners": partial(_written, read=codes.owners),
    "HS code": partial(_written, read=codes.hs_code),
    "currency": partial(_written, read=codes.currency),
    "procedure": partial(_written, read=codes.procedure),
    "one of": _one_of,
}
