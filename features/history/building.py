"""From records to ledgers, block by block, so that memory holds no more than a block at work."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ..block import Block
from ..trailing import LedgerKey
from .entries import entries_of
from .ledger import Ledger
from .shelf import ARRAYS, Shelf, sizes

# Records entered at once: few enough for memory, many enough that merging costs little.
ROWS_AT_ONCE = 50_000


def shelf_of(
    ledgers: Mapping[LedgerKey, Sequence[str]], blocks: Iterable[tuple[str, Block]]
) -> Shelf:
    """The ledgers of all records of the blocks, which come with the day on which they enter."""
    batches: dict[LedgerKey, list[Ledger]] = {key: [] for key in ledgers}
    for on, block in blocks:
        for key, columns in ledgers.items():
            if key.on == on:
                entries = entries_of(key, columns, block)
                batches[key].append(Ledger.built([entries], len(columns)))
    return merged(ledgers, batches)


def merged(
    ledgers: Mapping[LedgerKey, Sequence[str]], batches: dict[LedgerKey, list[Ledger]]
) -> Shelf:
    """Ledgers of many batches on one shelf; each batch is let go of once it is merged."""
    nothing = [sizes(Ledger.built([], len(columns))) for columns in ledgers.values()]
    room = np.sum([*nothing, *(sizes(x) for of_key in batches.values() for x in of_key)], axis=0)
    made = (
        (key, Ledger.merged(batches.pop(key), len(columns))) for key, columns in ledgers.items()
    )
    return Shelf.filled(made, room[:-1] if ledgers else [0] * len(ARRAYS))
