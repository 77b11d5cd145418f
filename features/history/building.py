"""From records to ledgers, block by block, so that memory holds no more than a block at work."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from ..block import Block
from ..trailing import LedgerKey
from .aside import Aside
from .cores import ahead
from .entries import Entries, entries_of
from .ledger import Ledger
from .shelf import ARRAYS, Shelf, sizes

# Records entered at once: few enough for memory, many enough that merging costs little.
ROWS_AT_ONCE = 50_000

# Ledgers of a block, which are small, that may wait to be built or put aside.
_AHEAD = 4

Ledgers = Mapping[LedgerKey, Sequence[str]]


def shelf_of(ledgers: Ledgers, blocks: Iterable[tuple[str, Block]]) -> Shelf:
    """The ledgers of all records of the blocks, which come with the day on which they enter."""
    with Aside() as aside:
        built = ahead(partial(_built, ledgers), _entries(ledgers, blocks), most=_AHEAD)
        for key, ledger in built:
            aside.put(key, ledger)
        return merged(ledgers, aside.take, aside.sizes())


def merged(ledgers: Ledgers, take: Callable[[LedgerKey], list[Ledger]], room: np.ndarray) -> Shelf:
    """The ledgers of many batches on one shelf, of which `take` gives those of a key.

    room: how many places all batches take of each array of a shelf.
    """
    nothing = [sizes(Ledger.built([], len(columns)))[:-1] for columns in ledgers.values()]
    made = ahead(lambda key: (key, Ledger.merged(take(key), len(ledgers[key]))), ledgers)
    return Shelf.filled(made, room + np.sum([(0,) * len(ARRAYS), *nothing], axis=0))


def _entries(
    ledgers: Ledgers, blocks: Iterable[tuple[str, Block]]
) -> Iterator[tuple[LedgerKey, Entries]]:
    for on, block in blocks:
        for key, columns in ledgers.items():
            if key.on == on:
                yield key, entries_of(key, columns, block)


def _built(ledgers: Ledgers, of: tuple[LedgerKey, Entries]) -> tuple[LedgerKey, Ledger]:
    key, entries = of
    return key, Ledger.built([entries], len(ledgers[key]))
