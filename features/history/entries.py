"""What the records of a block add to a ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..block import Block
from ..keys import composites
from ..trailing import LedgerKey
from ..values import missing
from .bins import bins_counted, bins_of

# A day number (days since 1970) fits 20 bits until the year 4840; a bin stands above it.
DAY_BITS = 20

# Amounts are kept as whole multiples of 2^-20, so that a sum is the same in any order, merged,
# appended or computed elsewhere. A total may reach 8.8e12.
UNIT = float(1 << 20)


@dataclass(frozen=True)
class Entries:
    """Things that happened. keys: uint64. codes: int64, the day, or bin << 20 | day.

    amounts: int64 units, entries × columns.
    """

    keys: np.ndarray
    codes: np.ndarray
    amounts: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, codes: np.ndarray, amounts: np.ndarray) -> "Entries":
        """Entries from amounts in their own unit. Where all are 0, nothing was seen."""
        whole = np.rint(amounts * UNIT).astype(np.int64)
        some, codes = whole.any(axis=1), codes.astype(np.int64, copy=False)
        if some.all():
            return cls(keys, codes, whole)
        return cls(keys[some], codes[some], whole[some])


def entries_of(
    key: LedgerKey, columns: Sequence[str], block: Block, rows: np.ndarray | None = None
) -> Entries:
    """The entries of all records, or of those where a mask is true, that have the key and a day."""
    parts, absent = block.key_parts(key.by)
    keys, whole = composites(parts, absent, np.arange(len(key.by))[None, :])
    entering = whole[0] & ~missing(block[key.on])
    if rows is not None:
        entering &= rows
    if key.ranked:
        entering &= ~missing(block[key.ranked])
    keys, days = keys[0][entering], block[key.on][entering].astype(np.int64)
    if key.ranked:
        codes = (bins_counted(bins_of(block[key.ranked][entering])) << DAY_BITS) | days
        return Entries.of(np.tile(keys, len(codes)), codes.ravel(), np.ones((codes.size, 1)))
    amounts = np.ones((len(keys), len(columns)))
    for at, name in enumerate(columns):
        if name:
            amounts[:, at] = np.nan_to_num(block[name][entering])
    return Entries.of(keys, days, amounts)
