"""What the training period looked like, small enough to travel with the model as plain JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from shiprisk.models import GREEN, RED, YELLOW, RiskModel

from .bins import RISK_SHARES, Bins
from .hubs import Hubs
from .spread import Spread

# The training period is cut into so many stretches with as many shipments each: how they differ
# from each other says how much may differ without a change of the world.
STRETCHES = 8
LANES = (RED, YELLOW, GREEN)


@dataclass(frozen=True)
class Counted:
    """Counts of the training period by bins, and how much they varied within it."""

    bins: Bins
    counts: tuple[int, ...]
    spread: Spread

    @classmethod
    def of(cls, bins: Bins, values: np.ndarray) -> "Counted":
        """The counts of values that are in order of their days."""
        parts = np.array_split(values, STRETCHES)
        by_stretch = np.array([bins.counts(part) for part in parts])
        counts = tuple(by_stretch.sum(axis=0).tolist())
        return cls(bins, counts, Spread.of(by_stretch))

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Counted":
        """What `asdict` gave."""
        bins = Bins(tuple(plain["bins"]["edges"]), plain["bins"]["category"])
        return cls(bins, tuple(plain["counts"]), Spread(**plain["spread"]))

    @property
    def missing(self) -> float:
        """The share without a value."""
        return self.counts[-1] / max(sum(self.counts), 1)


@dataclass(frozen=True)
class Reference:
    """Shipments of the training period as they were scored then.

    rows: how many shipments were counted, evenly spread over first_day to last_day. signals: by
    name. risk: of the scores. lanes: the places of LANES. hubs: ways of listed goods.
    """

    first_day: str
    last_day: str
    rows: int
    signals: Mapping[str, Counted]
    risk: Counted
    lanes: Counted
    hubs: Hubs

    @classmethod
    def of(
        cls, declarations: pd.DataFrame, matrix: np.ndarray, model: RiskModel, period: pd.DataFrame
    ) -> "Reference":
        """The reference that declarations with their signals make, as a model scores them.

        All in order of their days. period: all declarations of the same days, for the ways.
        """
        risk, without = model.risks(matrix)
        lanes = model.lanes.of(risk, without)
        counted = {
            signal.name: Counted.of(
                Bins.of_category(values) if signal.is_category else Bins.of(values), values
            )
            for signal, values in zip(model.declared_signals, matrix.T, strict=True)
        }
        days = declarations["declared_on"]
        return cls(
            str(days.min().date()), str(days.max().date()), len(declarations), counted,
            Counted.of(Bins.of(risk, RISK_SHARES), risk),
            Counted.of(Bins(tuple(map(float, range(len(LANES)))), category=True), lanes_at(lanes)),
            Hubs.of(period, STRETCHES),
        )  # fmt: skip

    @property
    def stretch(self) -> int:
        """Shipments of one stretch: a later period is thinned to as many."""
        return max(1, self.rows // STRETCHES)

    def as_plain(self) -> dict[str, Any]:
        """Values that JSON holds."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Reference":
        """What `as_plain` gave, also after it was JSON."""
        hubs = plain["hubs"]
        return cls(
            plain["first_day"], plain["last_day"], plain["rows"],
            {name: Counted.from_plain(of) for name, of in plain["signals"].items()},
            Counted.from_plain(plain["risk"]), Counted.from_plain(plain["lanes"]),
            Hubs(hubs["ways"], Spread(**hubs["spread"])),
        )  # fmt: skip


def lanes_at(lanes: np.ndarray) -> np.ndarray:
    """The place of each lane among LANES."""
    return np.select([lanes == name for name in LANES], range(len(LANES))).astype(float)
