"""JSON lines: one object a line; a line that is none is set aside."""

import json
from typing import IO, Any

import pandas as pd

from .lines import LONGEST_LINE, TOO_LONG, ReadError, Unread, blocks, is_blank

NO_OBJECT = "one JSON object, in braces"


def read_json_lines(stream: IO[str]) -> tuple[pd.DataFrame, list[Unread]]:
    """The objects of a file as rows, and the lines that are no object."""
    parts: list[pd.DataFrame] = []
    unread: list[Unread] = []
    row = 0
    for lines in blocks(stream):
        good: dict[int, dict[str, Any]] = {}
        for line in lines:
            if is_blank(line):
                continue
            row += 1
            record = _record(line)
            if isinstance(record, dict):
                good[row] = record
            else:
                unread.append(Unread(row, line.rstrip("\r\n"), record))
        parts.append(_frame(good))
    if not row:
        raise ReadError("the file is empty; it needs one JSON object a line")
    return pd.concat(parts), unread


def _record(line: str) -> dict[str, Any] | str:
    """The object that a line spells, or what was expected of the line."""
    if len(line) > LONGEST_LINE:
        return TOO_LONG
    try:
        # NaN and Infinity are no JSON: as words they become faults of their own cell.
        record = json.loads(line, parse_constant=str)
        "".join(record).encode()  # a name that is half a character can name no column
    except TypeError:
        return NO_OBJECT
    except (ValueError, RecursionError) as error:
        return f"one JSON object ({str(error)[:100]})"
    return record if isinstance(record, dict) else NO_OBJECT


def _frame(records: dict[int, dict[str, Any]]) -> pd.DataFrame:
    # Values of any type, as they are: a guessed type would turn a whole number into a float.
    return pd.DataFrame(list(records.values()), index=list(records), dtype=object)
