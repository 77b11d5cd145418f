"""Prequential folds: each month is scored by what was known before its first day."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from shiprisk.features import Records

from ..examples import KEY, Past


@dataclass(frozen=True)
class Fold:
    """A month to score. past: what was known before it. asked: its declarations, by day."""

    records: Records
    past: Past
    asked: pd.DataFrame
    first_day: np.datetime64


def folds(records: Records, months: int) -> Iterator[Fold]:
    """The last months of the records, one fold each, in order of time."""
    past = Past.of(records)
    month_of = past.declarations["declared_on"].dt.to_period("M")
    for month in sorted(month_of.unique())[-months:]:
        first_day = np.datetime64(month.start_time.date(), "D")
        yield Fold(records, past.before(first_day), past.declarations[month_of == month], first_day)


def truth_of(asked: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Whether each asked declaration was diverted, and by which typology, on the same rows."""
    return asked[KEY].merge(truth, on=KEY, how="left", validate="1:1").set_axis(asked.index)
