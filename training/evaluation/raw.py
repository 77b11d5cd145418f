"""Raw scores beside later outcomes: what slope and offset these bear out, of all shipments."""

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
from scipy.optimize import minimize

from ..examples import Examples
from .sample import standing_for_all

# How far from 1 and 0, in standard deviations, slope and offset are expected to lie: outcomes of a
# few dozen violations tell them no better, and the trees have learnt from more.
_PRIOR = 0.5

# Raw scores keep their order, whatever the outcomes say.
_LEAST_SLOPE = 0.05


@dataclass(frozen=True)
class Raw:
    """Raw scores of labelled shipments that a model had not seen, and when outcomes were known.

    weights: by how much each shipment counts (see `standing_for_all`).
    """

    raw: np.ndarray
    labels: np.ndarray
    known_on: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, booster: lgb.Booster, examples: Examples, largest_weight: float) -> "Raw":
        """What a booster says of examples."""
        known_on = examples.records["known_on"].to_numpy().astype("datetime64[D]")
        raw = booster.predict(examples.matrix, raw_score=True)
        weights = standing_for_all(examples.records, examples.labels, largest_weight)
        return cls(raw, examples.labels, known_on, weights)

    @classmethod
    def joined(cls, parts: Sequence["Raw"]) -> "Raw":
        """All of several models."""
        names = ("raw", "labels", "known_on", "weights")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    def scale(self, before: np.datetime64 | None = None) -> tuple[float, float]:
        """Slope and offset that the outcomes known before a day, or all of them, bear out."""
        known = np.full(len(self.raw), True) if before is None else self.known_on < before
        return slope_and_offset(self.raw[known], self.labels[known], self.weights[known])


def slope_and_offset(
    raw: np.ndarray, labels: np.ndarray, weights: np.ndarray
) -> tuple[float, float]:
    """What turns raw scores into the log-odds of labels; 1 and 0 where nothing is known.

    weights: for how many rows of equal weight each counts.
    """
    expected = np.array([1.0, 0.0])

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        said, away = at[0] * raw + at[1], (at - expected) / _PRIOR
        off = weights * (0.5 + 0.5 * np.tanh(said / 2) - labels)
        lost = weights @ (np.logaddexp(0, said) - labels * said) + away @ away / 2
        return float(lost), np.array([off @ raw, off.sum()]) + away / _PRIOR

    limits = [(_LEAST_SLOPE, None), (None, None)]
    found = minimize(loss, expected, jac=True, method="L-BFGS-B", bounds=limits)
    return float(found.x[0]), float(found.x[1])
