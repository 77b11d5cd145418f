"""Who declared trade with whom, and since when: kept, for a partner may be listed later."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from ..block import Block
from ..columns import columns_of
from ..keys import composite, hashed
from .arrow import read_frame, write_frame
from .screening import Party

_PARTNER = ("partner_id", "partner_name", "partner_country")
_PAIR = ("trader_id", *_PARTNER)


@dataclass(frozen=True)
class Contacts:
    """Distinct pairs of a firm and a foreign partner with the first day of each, in parts."""

    parts: tuple[pd.DataFrame, ...] = ()

    def extended(self, declared: Block | None) -> "Contacts":
        """These and those of further declarations."""
        return self if declared is None else Contacts((*self.parts, _pairs(declared)))

    def compacted(self) -> "Contacts":
        """The same in one part, which does not tell how it came about."""
        if len(self.parts) <= 1:
            return self
        table = pd.concat(self.parts, ignore_index=True)
        columns = columns_of(table[list(_PAIR)])
        keys = composite([hashed(columns[name]) for name in _PAIR], len(table))
        return Contacts((table.iloc[_earliest(keys, table["since"].to_numpy())],))

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """All pairs as arrays; `since` is a day number."""
        (table,) = self.compacted().parts or (_none(),)
        return columns_of(table) | {"since": table["since"].to_numpy(dtype=np.int64)}

    @property
    def partners(self) -> Party:
        """The partner of each pair."""
        return Party(*(self.columns[name] for name in _PARTNER))

    def save(self, path: Path) -> None:
        """Write the pairs as an Arrow file."""
        (table,) = self.compacted().parts or (_none(),)
        write_frame(table, path)

    @classmethod
    def load(cls, path: Path) -> "Contacts":
        """Read what `save` wrote."""
        return cls((read_frame(path),))


def _pairs(declared: Block) -> pd.DataFrame:
    """The pairs of some declarations."""
    told = ~(declared.missing("partner_id") & declared.missing("partner_name"))
    rows = np.flatnonzero(told & ~declared.missing("trader_id"))
    keys = composite([declared.hashed(name) for name in _PAIR], declared.rows)[rows]
    since = declared["declared_on"][rows].astype(np.int64)
    first = _earliest(keys, since)
    pairs = {name: pd.array(declared[name][rows[first]], dtype="str") for name in _PAIR}
    return pd.DataFrame(pairs | {"since": since[first]})


def _earliest(keys: np.ndarray, since: np.ndarray) -> np.ndarray:
    """The row of each key with its first day, in order of the keys."""
    order = np.lexsort((since, keys))
    return order[np.append(True, np.diff(keys[order]) != 0)[: len(order)]]


def _none() -> pd.DataFrame:
    return pd.DataFrame({name: pd.array([], dtype="str") for name in _PAIR}).assign(
        since=np.empty(0, dtype=np.int64)
    )
