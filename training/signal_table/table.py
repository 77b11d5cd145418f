"""What is kept of a table of signals, as evidence for a training."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from shiprisk.features import History

from ..evidence import Ask

_SINCE_FIRST, FIRST = "days_since_first_shipment", "trader_first_on"


@dataclass(frozen=True, eq=False)
class SignalTable:
    """Inspected shipments and a random sample of all, with signals as known before each's day.

    declarations: the sample; share: of all shipments. part: the share of the table that was kept.
    fitted_elsewhere: how many inspected rows a cluster makes the last fit on. The index of both
    frames is the row of the matrix.
    """

    declarations: pd.DataFrame
    inspected: pd.DataFrame
    matrix: np.ndarray
    names: tuple[str, ...]
    share: float
    part: float = 1.0
    with_history: History | None = None
    fitted_elsewhere: int = 0

    def asked(self, names: tuple[str, ...], frozen_at: np.datetime64 | None = None) -> Ask:
        """Tells signals of rows, as the table has them: no day can be frozen here any more."""
        if names != self.names:
            raise ValueError("the table of signals was read for other signals")
        return self._rows

    def count(self, declarations: pd.DataFrame) -> int:
        """For how many shipments rows of the sample stand."""
        return round(len(declarations) / self.share)

    def tells_new(self, by: list[str]) -> bool:
        """Whether it can be told of a key when it was first declared: only of traders."""
        return by == ["trader_id"]

    def seen_before(self, records: pd.DataFrame, by: list[str], day: np.datetime64) -> np.ndarray:
        """Whether the trader of each record had declared anything before a day."""
        return (records[FIRST] < pd.Timestamp(day)).to_numpy()

    def ways_since(self, day: np.datetime64) -> pd.DataFrame:
        """None: firms of a sample, counted once a month, are not a share of all firms."""
        return pd.DataFrame()

    def history(self) -> History | None:
        """The history that was given to travel with the model."""
        return self.with_history

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """What was read beside the signals."""
        return {"declarations": self.declarations, "inspected": self.inspected}

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a training on this cannot show."""
        some = "" if self.part == 1 else f" It knows {self.part:.3%} of the table, drawn by key."
        told = (
            "Measured on a table of signals, where each outcome counts from the day it was known, "
            "within a fold as well: a model whose history is not kept up does worse than these "
            f"figures.{some}",
            f"Numbers of shipments are estimated from a sample of {self.share:.3%}; goods on a "
            "route never seen are not told apart, and monitoring has no ways of listed goods to "
            "compare with.",
        )
        if not self.fitted_elsewhere:
            return told
        fitted = (
            f"The trees themselves were fitted on a cluster, on {self.fitted_elsewhere:,} "
            "inspected rows; their number, the figures, lanes and calibration are of models fitted "
            f"on one machine, on {len(self.inspected):,} of these."
        )
        return (*told, fitted)

    def _rows(self, records: pd.DataFrame) -> np.ndarray:
        at = records.index.to_numpy()
        if len(at) and (np.diff(at) == 1).all():
            return self.matrix[at[0] : at[-1] + 1]  # as it lies in the file: nothing is copied
        return self.matrix[at]


def with_first_days(kept: pd.DataFrame, matrix: np.ndarray, names: tuple[str, ...]) -> pd.DataFrame:
    """Rows with the day of their trader's first declaration; none where they are of that day."""
    since = pd.to_timedelta(matrix[:, names.index(_SINCE_FIRST)], unit="D")
    return kept.assign(**{FIRST: kept["declared_on"] - since})
