"""What follows from the versions of all firms: who shares a field, and when a field changed."""

import numpy as np
import pandas as pd

from ..arrays import only_where
from ..columns import Columns, columns_of
from ..keys import composites, hashed
from ..registered import Registered
from ..values import missing
from .entries import Entries
from .ledger import Ledger


def firms_ledger(
    versions: pd.DataFrame, keys: np.ndarray, days: np.ndarray, asked: Registered
) -> Ledger:
    """A ledger whose running total is the number of firms that have a value of a field.

    A firm enters when a version with the value becomes known, and leaves when a later version
    does or when it is no longer young enough: the total before a day is exact as of that day.
    versions: in order of firm (keys) and of the day (days) on which each became known.
    """
    columns = columns_of(versions)
    if asked.of and asked.of not in columns:
        return Ledger.built([], 1)
    fields = [columns[asked.of]] if asked.of else []
    parts = np.array([hashed(field) for field in fields]).reshape(len(fields), len(days))
    absent = np.array([missing(field) for field in fields]).reshape(parts.shape)
    (at,), (counts,) = composites(
        parts.astype(np.uint64), absent.astype(bool), np.arange(len(fields))[None, :]
    )
    enters = np.maximum(days, 0)
    leaves = np.maximum(known_until(keys, days), enters)
    if asked.younger_than is not None:
        registered = columns.get("registered_on", np.full(len(days), np.datetime64("NaT", "D")))
        counts = counts & ~missing(registered)
        # On the first day on which it is too old, the entry of the day before takes it out.
        grown = registered.astype(np.int64) + asked.younger_than - 1
        leaves = np.maximum(np.minimum(leaves, np.where(counts, grown, 0)), enters)
    one = np.ones((counts.sum(), 1))
    entered = Entries.of(at[counts], enters[counts], one)
    return Ledger.built([entered, Entries.of(at[counts], leaves[counts], -one)], 1)


def last_changes(values: np.ndarray, keys: np.ndarray, days: np.ndarray) -> Columns:
    """For each version, when the field last changed (`changed_on`) and from what; and, as the
    last, the same of a firm unheard of: nothing.

    A value that was not known before is no change. Values in order of firm and day.
    """
    known = pd.Series(values, dtype=object).groupby(keys).ffill()
    before = known.groupby(keys).shift()
    changed = (known != before) & known.notna() & before.notna()
    last = pd.Series(np.where(changed, np.arange(len(days)), np.nan)).groupby(keys).ffill()
    at, ever = last.fillna(0).to_numpy(np.int64), last.notna().to_numpy()
    changed_on = np.where(ever, days[at].astype("datetime64[D]"), np.datetime64("NaT", "D"))
    return {
        "changed_on": np.append(changed_on, np.datetime64("NaT", "D")),
        "before_change": np.append(only_where(before.to_numpy(object)[at], ever), [None]),
    }


def known_until(keys: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The day on which the firm's next version became known; far away where there is none."""
    until = np.full(len(days), 1 << 19, dtype=np.int64)
    followed = np.flatnonzero(keys[1:] == keys[:-1])
    until[followed] = days[followed + 1]
    return until
