"""What every task of an exchange knows, and what it has at hand."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from ..block import Block
from ..catalogue import NODES
from ..history import History, TotalsTable, load_history
from ..history.day_totals import DayTotals, widths_of
from ..history.entries import entries_of
from ..history.ledger import Ledger
from ..trailing import Trailing
from .questions import Exchanged


@dataclass(frozen=True)
class Plan:
    """Where an exchange stands. It goes to every task, so it holds names and numbers alone.

    beside: a saved history without totals, whose register, statistics and list every task reads.
    past: a saved history whose totals count, or a table of totals as it stood at the start, for a
    day may be appended meanwhile. ranges: into so many are keys divided, a power of two. after,
    before: only declarations of the days between them enter the past. outcomes: whether those that
    come with declarations do.
    """

    beside: Path
    past: Path | TotalsTable | None
    ranges: int
    after: np.datetime64 | None = None
    before: np.datetime64 | None = None
    outcomes: bool = True

    def known(self) -> "Known":
        """What tasks of this plan have at hand, read once in each process."""
        return _known(self.beside)

    def enters(self, days: np.ndarray) -> np.ndarray:
        """Which declarations of these days enter the past."""
        later = np.ones(len(days), dtype=bool) if self.after is None else days > self.after
        return later if self.before is None else later & (days < self.before)


@cache
def _known(beside: Path) -> "Known":
    return Known(load_history(beside, NODES))


@dataclass(frozen=True)
class Known:
    """A history without totals, and what is asked of those that hold them."""

    history: History

    @cached_property
    def exchanged(self) -> Exchanged:
        """All totals, of which those of published figures are at hand."""
        totals = tuple(n for n, node in self.history.nodes.items() if isinstance(node, Trailing))
        published = [key.on == "published_on" for key in self.history.ledgers]
        return Exchanged(self.history.asked(totals), np.array(published))

    @cached_property
    def widths(self) -> np.ndarray:
        """How many columns each ledger has."""
        return widths_of(self.history.ledgers)

    def day_totals(self, on: str, block: Block, rows: np.ndarray) -> DayTotals:
        """What records add to the ledgers of a kind of day; those where a mask is true."""
        return DayTotals.of(
            (place, Ledger.built([entries_of(key, columns, block, rows)], len(columns)))
            for place, (key, columns) in enumerate(self.history.ledgers.items())
            if key.on == on
        )
