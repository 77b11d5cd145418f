"""Recall of each typology, and how far chance could move it: networks are drawn again and again.

Shipments of one network are alike, so whole networks are drawn, not shipments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from shiprisk.features import TYPOLOGIES

from .families import Families

CAPACITIES = (0.01, 0.05)
DRAWS = 1000


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval."""

    figure: float
    low: float
    high: float


@dataclass(frozen=True)
class Recalls:
    """Which diverted shipments were in the top of which model.

    diverted: `typology`, `network` and `world` of each, and `of` how many shipments of its world's
    test months, honest ones included. caught: 1 where it was in the top, by what the model was
    taught by, its families and the share that is inspected; missing where it was not asked.
    """

    diverted: pd.DataFrame
    caught: pd.DataFrame

    @property
    def typologies(self) -> list[str]:
        """The typologies by which anything was diverted, in their order."""
        return [typology for typology in TYPOLOGIES if self.count(typology)]

    @property
    def worlds(self) -> int:
        """How many worlds there were."""
        return int(self.diverted["world"].nunique())

    @property
    def shipments(self) -> int:
        """How many shipments the test months of all worlds hold."""
        return int(self.diverted.groupby("world")["of"].first().sum())

    def reachable(self, share: float) -> float:
        """The recall of all diverted shipments that knowing the truth would reach."""
        counts = self.diverted.groupby("world")["of"].agg(["size", "first"])
        taken = np.minimum(counts["size"], (counts["first"] * share).round())
        return float(taken.sum() / counts["size"].sum())

    def of(self, typology: str) -> "Recalls":
        """The worlds in which anything was diverted by a typology."""
        worlds = self.diverted.loc[self.diverted["typology"] == typology, "world"]
        rows = self.diverted["world"].isin(worlds)
        return Recalls(self.diverted[rows], self.caught[rows])

    def count(self, typology: str) -> int:
        """How many shipments were diverted by a typology."""
        return int((self.diverted["typology"] == typology).sum())

    def recall(self, by: str, families: Families, share: float, typology: str) -> Interval:
        """The share of a typology's shipments that is in the top of a model."""
        caught = self.caught[by, families, share].to_numpy()
        return self._drawn(caught, typology)

    def change(self, by: str, pair: Sequence[Families], share: float, typology: str) -> Interval:
        """The recall of the first of two models less that of the second."""
        one, other = (self.caught[by, of, share].to_numpy() for of in pair)
        return self._drawn(one - other, typology)

    def _drawn(self, values: np.ndarray, typology: str) -> Interval:
        """The mean over the typology's shipments, and its limits over draws of its networks."""
        rows = (self.diverted["typology"] == typology).to_numpy()
        keys = [self.diverted[name][rows] for name in ("world", "network")]
        sums = pd.Series(values[rows]).groupby([key.to_numpy() for key in keys]).sum().to_numpy()
        counts = self._counts[typology]
        draws = np.random.default_rng(0).multinomial(
            len(counts), np.full(len(counts), 1 / len(counts)), DRAWS
        )
        means = draws @ sums / (draws @ counts)
        return Interval(float(values[rows].mean()), *map(float, np.quantile(means, [0.025, 0.975])))

    @cached_property
    def _counts(self) -> dict[str, np.ndarray]:
        """How many shipments each network diverted by each typology."""
        sizes = self.diverted.groupby(["typology", "world", "network"]).size()
        return {str(name): of.to_numpy() for name, of in sizes.groupby(level=0)}
