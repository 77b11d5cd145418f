"""Look-ups in sorted ledgers, compiled: one call answers all totals of all records."""

import numpy as np
from numba import njit

from .bins import FIRST_OF_LEVEL, LEVELS
from .entries import DAY_BITS

# How a total is taken from a ledger; `Trailing.take` in numbers.
TAKES = {"total": 0, "below": 1, "first_day": 2, "last_day": 3}
_TOTAL, _BELOW, _FIRST, _LAST = TAKES.values()

# A day that never was: NaT as a number.
NO_DAY = np.iinfo(np.int64).min

# What the rows of `bounds` and of `asked` hold, see `shelf.py` and `asked.py`.
_KEYS, _KEYS_END, _STARTS, _CODES, _RUNNING, _COLUMNS = range(6)
_BY, _LEDGER, _COLUMN, _WINDOW, _TAKE, _RANKED = range(6)

# From so many records on, each search begins where the one before ended.
_MANY = 64


@njit(cache=True, nogil=True)
def look_up(  # type: ignore[no-untyped-def]
    asked, keys, order, days, bins, found, bounds, ledger_keys, starts, codes, running
):
    """Add what the ledgers of one shelf hold to `found` (int64, totals × records), in place.

    Totals in units; first and last days as day numbers. asked: in order of the ledger.
    order: for each key, the records sorted by it.
    """
    rows = keys.shape[1]
    slots = np.empty(rows, dtype=np.int64)
    ledger = -1
    for total in range(len(asked)):
        by, column, window = asked[total, _BY], asked[total, _COLUMN], asked[total, _WINDOW]
        take = asked[total, _TAKE]
        if asked[total, _LEDGER] != ledger:
            ledger = asked[total, _LEDGER]
            where = bounds[ledger]
            _find(ledger_keys[where[_KEYS] : where[_KEYS_END]], keys[by], order[by], slots)
        step, sums = where[_COLUMNS], where[_RUNNING] + column
        for at in range(rows):
            row = order[by, at]
            if slots[row] < 0:
                continue
            begin = where[_CODES] + starts[where[_STARTS] + slots[row]]
            end = where[_CODES] + starts[where[_STARTS] + slots[row] + 1]
            origin = sums - where[_CODES] * step
            since = max(days[row] - window, 0) if window > 0 else 0
            if take == _BELOW:
                ranked = bins[asked[total, _RANKED], row]
                found[total, row] += _below(codes, begin, end, since, days[row], ranked,
                                            running, origin, step)  # fmt: skip
                continue
            last = _first_from(codes, begin, end, days[row])
            if take == _TOTAL:
                first = _first_from(codes, begin, last, since) if window > 0 else begin
                found[total, row] += running[origin + last * step] - running[origin + first * step]
            elif running[origin + last * step] != running[origin + begin * step]:
                base = running[origin + (begin if take == _FIRST else last) * step]
                day = codes[_changed(running, begin, last, origin, step, base, take == _FIRST)]
                _keep(found, total, row, day, take == _FIRST)


@njit(cache=True, nogil=True)
def _find(ledger_keys, keys, order, slots):  # type: ignore[no-untyped-def]
    """The position of each key, -1 where it is not there."""
    size, near = len(ledger_keys), 0
    for at in range(len(order)):
        row = order[at]
        key = keys[row]
        low, high = (near, size) if len(order) >= _MANY else (0, size)
        if len(order) >= _MANY:  # records come in order of their keys
            reach = 1
            while low + reach < size and ledger_keys[low + reach] < key:
                low += reach
                reach *= 2
            high = min(low + reach + 1, size)
        while low < high:
            middle = (low + high) >> 1
            if ledger_keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        near = low
        slots[row] = low if low < size and ledger_keys[low] == key else -1


@njit(cache=True, nogil=True)
def _first_from(codes, low, high, code):  # type: ignore[no-untyped-def]
    """The first position whose code is not below a code."""
    while low < high:
        middle = (low + high) >> 1
        if codes[middle] < code:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def _below(  # type: ignore[no-untyped-def]
    codes, begin, end, since, day, ranked, running, origin, step
):
    """How much was counted in lower bins within the window, and half of the same bin's."""
    counted = 0
    for level in range(LEVELS):
        at = ranked >> (2 * level)
        lowest = at - (at & 3)
        for sibling in range(lowest, at + (1 if level == 0 else 0)):
            code = (FIRST_OF_LEVEL[level] + sibling) << DAY_BITS
            first = _first_from(codes, begin, end, code + since)
            last = _first_from(codes, first, end, code + day)
            within = running[origin + last * step] - running[origin + first * step]
            begin = last  # bins are looked up in their order
            counted += within // 2 if sibling == at else within
    return counted


@njit(cache=True, nogil=True)
def _changed(running, begin, last, origin, step, base, leaving):  # type: ignore[no-untyped-def]
    """Which entry moved a running total: the first that left `base`, or the last to reach it."""
    low, high = begin, last - 1
    while low < high:
        middle = (low + high) >> 1
        moved = running[origin + (middle + 1) * step]
        if (moved != base) if leaving else (moved == base):
            high = middle
        else:
            low = middle + 1
    return low


@njit(cache=True, nogil=True)
def _keep(found, total, row, day, earliest):  # type: ignore[no-untyped-def]
    """Keep the earlier or the later of two days."""
    had = found[total, row]
    if had == NO_DAY or (day < had if earliest else day > had):
        found[total, row] = day
