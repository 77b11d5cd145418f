"""Shipments of later days, with what a model said of them that knew only what was known before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ..metrics import CAPACITIES


@dataclass(frozen=True)
class Judged:
    """Shipments and the risk that was said of each.

    records: declarations; those that were inspected carry their outcome. matrix: their signals.
    risk, without: the risk, and what it would be without owner nationality. before: the risk that
    the model of the fold before would have said. fold: by which model, from 0.
    """

    records: pd.DataFrame
    matrix: np.ndarray
    risk: np.ndarray
    without: np.ndarray
    before: np.ndarray
    fold: np.ndarray

    @classmethod
    def joined(cls, parts: Sequence["Judged"]) -> "Judged":
        """All of several folds."""
        return cls(
            pd.concat([part.records for part in parts], ignore_index=True),
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("matrix", "risk", "without", "before", "fold")
            ),
        )

    @property
    def labels(self) -> np.ndarray:
        """1 where inspection found a violation."""
        return self.records["violation"].to_numpy(dtype=np.float64)

    @property
    def days(self) -> np.ndarray:
        """The day of each."""
        return self.records["declared_on"].to_numpy().astype("datetime64[D]")

    @property
    def value(self) -> np.ndarray:
        """The declared value of each in USD, missing where it is not known."""
        if "customs_value_usd" not in self.records:
            return np.full(len(self.risk), np.nan)
        return self.records["customs_value_usd"].to_numpy(dtype=float)

    @cached_property
    def lines(self) -> dict[tuple[str, float], np.ndarray]:
        """From which risk and value on shipments are the highest of their fold.

        By `risk` or `value` and capacity, one number per fold.
        """
        folds = [self.fold == fold for fold in range(self.fold.max(initial=-1) + 1)]
        ranked = {"risk": self.risk, "value": np.nan_to_num(self.value)}
        upper = [1 - capacity for capacity in CAPACITIES]
        quantiles = {
            name: np.array([np.quantile(numbers[rows], upper) for rows in folds])
            for name, numbers in ranked.items()
        }
        return {
            (name, capacity): of[:, at]
            for name, of in quantiles.items()
            for at, capacity in enumerate(CAPACITIES)
        }

    def signal(self, name: str, signals: tuple[str, ...]) -> np.ndarray:
        """The values of a signal, missing where the model does not use it."""
        if name not in signals:
            return np.full(len(self.risk), np.nan)
        return self.matrix[:, signals.index(name)]


@dataclass(frozen=True)
class Trial:
    """Everything that a model is judged by.

    inspected: the labelled shipments of the test period. everyone: shipments of the same days
    whether inspected or not, at most some thousands, evenly drawn. shipments: how many there were
    on these days. starts: the first day of each fold.
    """

    inspected: Judged
    everyone: Judged
    shipments: int
    starts: tuple[np.datetime64, ...]
