"""Look-ups in sorted ledgers, compiled: one call answers all totals of all records."""

import numpy as np
from numba import njit

from .bins import FIRST_OF_LEVEL, LEVELS
from .entries import DAY_BITS, UNIT

# How a total is taken from a ledger; `Trailing.take` in numbers.
TAKES = {"total": 0, "below": 1, "first_day": 2, "last_day": 3}
_TOTAL, _BELOW, _FIRST, _LAST = TAKES.values()

# A day that never was: NaT as a number.
NO_DAY = np.iinfo(np.int64).min

# What the rows of `bounds` and of `asked` hold, see `shelf.py` and `asked.py`.
_KEYS, _KEYS_END, _STARTS, _CODES, _RUNNING, _COLUMNS = range(6)
BY, LEDGER, COLUMN, WINDOW, TAKE, RANKED = range(6)

# From so many records on, each search begins where the one before ended.
_MANY = 64

# Keys are hashes, spread evenly over 64 bits. Where one should lie, it mostly lies within so many.
_KEYS_RANGE = 2.0**64
_USUAL_ERROR = 64


@njit(cache=True, nogil=True)
def look_up(  # type: ignore[no-untyped-def]
    asked, keys, order, days, bins, found, bounds, ledger_keys, starts, codes, running
):
    """Add what the ledgers of one shelf hold to `found` (int64, totals × records), in place.

    Totals in units; first and last days as day numbers. asked: in order of ledger and window, so
    that what was found of a key serves all its totals. order: for each key, the records by it.
    """
    rows = keys.shape[1]
    slots = np.empty(rows, dtype=np.int64)
    opened, until, since = np.empty_like(slots), np.empty_like(slots), np.empty_like(slots)
    ledger, window = -1, -1
    for total in range(len(asked)):
        by, take = asked[total, BY], asked[total, TAKE]
        if asked[total, LEDGER] != ledger:
            ledger, window = asked[total, LEDGER], -1
            where = bounds[ledger]
            find(ledger_keys[where[_KEYS] : where[_KEYS_END]], keys[by], order[by], slots)
            known = order[by][slots[order[by]] >= 0]
            own_starts, own_codes = starts[where[_STARTS] :], codes[where[_CODES] :]
            own_running, step = running[where[_RUNNING] :], where[_COLUMNS]
            for row in known:
                opened[row] = own_starts[slots[row]]
                until[row] = own_starts[slots[row] + 1]
                if take != _BELOW:
                    until[row] = _first_from(own_codes, opened[row], until[row], days[row])
        if asked[total, WINDOW] != window:
            window = asked[total, WINDOW]
            for row in known:
                since[row] = opened[row]
                if window > 0 and take != _BELOW:
                    first_day = days[row] - window
                    since[row] = _first_from(own_codes, opened[row], until[row], first_day)
        sums = own_running[asked[total, COLUMN] :]
        if take == _TOTAL:
            for row in known:
                found[total, row] += sums[until[row] * step] - sums[since[row] * step]
        elif take == _BELOW:
            for row in known:
                first_day = max(days[row] - window, 0) if window > 0 else 0
                ranked = bins[asked[total, RANKED], row]
                found[total, row] += _below(own_codes, opened[row], until[row], first_day,
                                            days[row], ranked, sums, step)  # fmt: skip
        else:
            for row in known:
                begin, end = opened[row], until[row]
                if sums[end * step] != sums[begin * step]:
                    at = _moved(sums, begin, end, step, take == _FIRST)
                    _keep(found, total, row, own_codes[at], take == _FIRST)


@njit(cache=True, nogil=True)
def in_own_unit(asked, whole, bins, found, told):  # type: ignore[no-untyped-def]
    """Totals in their own unit into `told`: NaN where a part of the key or the number is missing.

    whole: for each key, which records have all of it. told: float64, may be the memory of `found`;
    days are left alone. See `look_up` for the others.
    """
    for total in range(len(asked)):
        by, ranked = asked[total, BY], asked[total, RANKED]
        if asked[total, TAKE] >= _FIRST:
            continue
        for row in range(found.shape[1]):
            known = whole[by, row] and (ranked < 0 or bins[ranked, row] >= 0)
            told[total, row] = found[total, row] / UNIT if known else np.nan


@njit(cache=True, nogil=True)
def find(ledger_keys, keys, order, slots):  # type: ignore[no-untyped-def]
    """The position of each key, -1 where it is not there.

    Many records come in the order of their keys, and each search begins where the one before
    ended. One begins where the key must lie, as keys are spread evenly: so it reads few pages.
    """
    size, near = len(ledger_keys), 0
    many = len(order) >= _MANY
    for at in range(len(order)):
        row = order[at]
        key = keys[row]
        low, high, reach = near, size, 1
        if not many and size:
            low = min(int(size * (np.float64(key) / _KEYS_RANGE)), size - 1)
            reach = _USUAL_ERROR
        if many or (size and ledger_keys[low] < key):
            while low + reach < size and ledger_keys[low + reach] < key:
                low += reach
                reach *= 2
            high = min(low + reach + 1, size)
        else:
            high = low
            while high - reach >= 0 and ledger_keys[high - reach] >= key:
                high -= reach
                reach *= 2
            low = max(high - reach, 0)
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
def _below(codes, begin, end, since, day, ranked, sums, step):  # type: ignore[no-untyped-def]
    """How much was counted in lower bins within the window, and half of the same bin's."""
    counted = 0
    for level in range(LEVELS):
        at = ranked >> (2 * level)
        for sibling in range(at - (at & 3), at + (1 if level == 0 else 0)):
            code = (FIRST_OF_LEVEL[level] + sibling) << DAY_BITS
            first = _first_from(codes, begin, end, code + since)
            begin = _first_from(codes, first, end, code + day)  # bins are asked in their order
            within = sums[begin * step] - sums[first * step]
            counted += within // 2 if sibling == at else within
    return counted


@njit(cache=True, nogil=True)
def _moved(sums, begin, end, step, earliest):  # type: ignore[no-untyped-def]
    """The first entry that moved a running total, or the last."""
    base = sums[(begin if earliest else end) * step]
    low, high = begin, end - 1
    while low < high:
        middle = (low + high) >> 1
        after = sums[(middle + 1) * step]
        if (after != base) if earliest else (after == base):
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
