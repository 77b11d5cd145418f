"""Tables whose rows hold from one day until another."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ..columns import DAY, each_text

_NEVER = np.datetime64("NaT", "D")
_OPEN = np.datetime64("9999-12-31", "D")


@dataclass(frozen=True)
class Row:
    """One row: what it stands for, and the first and the last day on which it holds."""

    key: str
    what: str
    since: np.datetime64
    until: np.datetime64


@cache
def dated_rows(name: str, key: str, what: str) -> tuple[Row, ...]:
    """The rows of a table beside this file; without `until` a row holds to this day."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(
                row[key],
                row[what],
                np.datetime64(row["since"], "D"),
                np.datetime64(row["until"], "D") if row["until"] else _OPEN,
            )
            for row in csv.DictReader(file)
        )


@cache
def _goods(name: str) -> dict[str, Row]:
    return {row.key: row for row in dated_rows(name, "hs", "goods")}


def goods_row(name: str, hs6: str) -> Row | None:
    """The row of a table of goods that names these most narrowly: subheading, heading, chapter."""
    rows = _goods(name)
    return next((rows[hs6[:digits]] for digits in (6, 4, 2) if hs6[:digits] in rows), None)


def goods_named(name: str, hs6: np.ndarray) -> np.ndarray:
    """What a table of goods calls each subheading, None where it does not name it."""

    def named(code: str) -> str | None:
        row = goods_row(name, code)
        return row.what if row else None

    return each_text(hs6, named)


def goods_in_force(name: str, hs6: np.ndarray, day: np.ndarray) -> np.ndarray:
    """True where a table of goods names the subheading on that day."""

    def bound(which: str, code: str) -> np.datetime64:
        row = goods_row(name, code)
        return getattr(row, which) if row else _NEVER

    since = each_text(hs6, lambda code: bound("since", code), DAY)
    until = each_text(hs6, lambda code: bound("until", code), DAY)
    return np.asarray((since <= day) & (day <= until))


@cache
def _brand_pattern() -> tuple[re.Pattern[str], dict[str, Row]]:
    rows = {
        word: row
        for row in dated_rows("brands.csv", "words", "brand")
        for word in row.key.split("|")
    }
    words = "|".join(re.escape(word) for word in sorted(rows, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)"), rows


def brand_in(text: str) -> str | None:
    """The first brand of the table that a text names as a word of its own."""
    pattern, rows = _brand_pattern()
    found = pattern.search(text.casefold())
    return rows[found.group()].what if found else None


def brand_left_on(brand: str) -> np.datetime64:
    """The day from which it is known that a brand leaves the country of concern."""
    rows = dated_rows("brands.csv", "words", "brand")
    return next((row.since for row in rows if row.what == brand), _NEVER)


def threshold_meaning(usd: float) -> str | None:
    """What is asked of values above a threshold of the table, None for any other amount."""
    rows = dated_rows("value_thresholds.csv", "usd", "what")
    return next((row.what for row in rows if float(row.key) == usd), None)


def thresholds_on(day: np.ndarray) -> np.ndarray:
    """Values in USD below which less is asked, ascending: records × thresholds.

    A threshold that is not in force on the record's day is infinite.
    """
    rows = dated_rows("value_thresholds.csv", "usd", "what")
    columns = [
        np.where((row.since <= day) & (day <= row.until), float(row.key), np.inf) for row in rows
    ]
    return np.sort(np.stack(columns, axis=1), axis=1)
