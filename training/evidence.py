"""What a training learns from and is judged by, wherever it comes from."""

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
import pandas as pd

from shiprisk.features import History

# What is known of shipments: a row for each, a column for each signal.
Ask = Callable[[pd.DataFrame], np.ndarray]


class Evidence(Protocol):
    """Shipments in order of their days, those inspected among them, and what is known of each."""

    @property
    def declarations(self) -> pd.DataFrame:
        """All shipments, or an even part of them."""
        ...

    @property
    def inspected(self) -> pd.DataFrame:
        """Those that were inspected, with the columns of OUTCOME."""
        ...

    @property
    def cautions(self) -> tuple[str, ...]:
        """What it cannot show, a sentence each."""
        ...

    def asked(self, names: tuple[str, ...], frozen_at: np.datetime64 | None = None) -> Ask:
        """Tells signals of some of these shipments, each as known before its day.

        frozen_at: of a scorer that learns of no outcome from that day on.
        """
        ...

    def count(self, declarations: pd.DataFrame) -> int:
        """For how many shipments some of the declarations stand."""
        ...

    def tells_new(self, by: list[str]) -> bool:
        """Whether it can be told of a key when it was first declared."""
        ...

    def seen_before(self, records: pd.DataFrame, by: list[str], day: np.datetime64) -> np.ndarray:
        """Whether the key of each record occurs in any declaration before a day."""
        ...

    def ways_since(self, day: np.datetime64) -> pd.DataFrame:
        """Every declaration since a day; none where only a part is at hand."""
        ...

    def history(self) -> History | None:
        """What travels with the model for scoring; None where it is kept elsewhere."""
        ...

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables behind all this, by name."""
        ...
