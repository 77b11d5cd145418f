"""Prequential folds: each month is scored by what was known before its first day."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from shiprisk.features import NODES, Block, History, Records

from ..examples import Past


@dataclass(frozen=True)
class Fold:
    """A month to score.

    past: what was known before it. asked: its declarations, by day. declared: the history of all
    declarations of the records, shared by all folds; totals are strictly before the day, so later
    declarations in it answer nothing. It holds no outcome.
    """

    records: Records
    past: Past
    asked: pd.DataFrame
    first_day: np.datetime64
    declared: History

    @cached_property
    def history(self) -> History:
        """What a declaration of the month, or before, is looked up in: no outcome of the month."""
        return self.declared.extended(inspected=self.past.inspected)

    @cached_property
    def signals(self) -> Block:
        """The month's declarations with what was known before; its earlier days count as past."""
        return self.history.block(self.asked)


def folds(records: Records, months: int) -> Iterator[Fold]:
    """The last months of the records, one fold each, in order of time.

    The first month of all is never scored: nothing was known before it.
    """
    past = Past.of(records)
    declared = History(NODES).extended(
        past.declarations,
        traders=past.traders,
        trade_statistics=past.trade_statistics,
        listed_parties=past.listed_parties,
    )
    month_of = past.declarations["declared_on"].dt.to_period("M")
    for month in sorted(month_of.unique())[1:][-months:]:
        first_day = np.datetime64(month.start_time.date(), "D")
        asked = past.declarations[month_of == month]
        yield Fold(records, past.before(first_day), asked, first_day, declared)
