"""Who declared trade with whom, and since when: kept, for a partner may be listed later."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from ..columns import columns_of
from ..keys import composite
from .arrow import read_arrow, write_arrow
from .screening import Party

_PARTNER = ("partner_id", "partner_name", "partner_country")
PAIR = ("trader_id", *_PARTNER)


@dataclass(frozen=True)
class Contacts:
    """Distinct pairs of a firm and a foreign partner with the first day of each, in parts."""

    parts: tuple[pd.DataFrame, ...] = ()

    def extended(self, pairs: Iterable[pd.DataFrame]) -> "Contacts":
        """These and further ones, as `pairs_of` made them of declarations."""
        return Contacts((*self.parts, *pairs))

    def compacted(self) -> "Contacts":
        """The same in one part, which does not tell how it came about."""
        if len(self.parts) <= 1:
            return self
        table = pd.concat(self.parts, ignore_index=True)
        return Contacts((first_of_each(table),))

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
        write_arrow(table, path)

    @classmethod
    def load(cls, path: Path) -> "Contacts":
        """Read what `save` wrote."""
        return cls((read_arrow(path),))


def pairs_of(declared: pd.DataFrame) -> pd.DataFrame:
    """The pairs of some declarations."""
    pairs = declared.reindex(columns=list(PAIR)).astype("str")
    since = declared["declared_on"].to_numpy().astype("datetime64[D]").astype(np.int64)
    told = pairs["partner_id"].notna() | pairs["partner_name"].notna()
    return first_of_each(pairs.assign(since=since)[told & pairs["trader_id"].notna()])


def first_of_each(pairs: pd.DataFrame) -> pd.DataFrame:
    """The row of each pair with its first day, in order of their keys."""
    keys = composite(list(columns_of(pairs[list(PAIR)]).values()))
    order = np.lexsort((pairs["since"].to_numpy(), keys))
    first = np.append(True, np.diff(keys[order]) != 0)[: len(order)]
    return pairs.iloc[order[first]].reset_index(drop=True)


def _none() -> pd.DataFrame:
    return pd.DataFrame({name: pd.array([], dtype="str") for name in PAIR}).assign(
        since=np.empty(0, dtype=np.int64)
    )
