"""JSON lines: one object a line; a line that is none is set aside."""

import json
from collections.abc import Iterator
from typing import IO, Any

import pandas as pd

from .lines import LONGEST_LINE, TOO_LONG, Raw, ReadError, Unread, blocks, is_blank

NO_OBJECT = "one JSON object, in braces"


def read_json_lines(stream: IO[str]) -> Iterator[Raw]:
    """The objects of a file as rows, and the lines that are no object."""
    row = 0
    for lines in blocks(stream):
        good: dict[int, dict[str, Any]] = {}
        unread: list[Unread] = []
        for line in lines:
            if is_blank(line):
                continue
            row += 1
            record = _record(line)
            if isinstance(record, dict):
                good[row] = record
            else:
                unread.append(Unread(row, line.rstrip("\r\n"), record))
        yield Raw(_frame(good), tuple(unread))


def names_of_json_lines(stream: IO[str]) -> list[str]:
    """The names that any of the objects has, in the order in which they first come."""
    names: dict[str, None] = {}
    empty = True
    for line in stream:
        if not is_blank(line):
            empty = False
            record = _record(line)
            if isinstance(record, dict):
                names |= dict.fromkeys(record)
    if empty:
        raise ReadError("the file is empty; it needs one JSON object a line")
    return list(names)


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
