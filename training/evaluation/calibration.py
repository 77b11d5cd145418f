"""How far risks can be believed, and how far chance alone would make them look wrong."""

from dataclasses import dataclass

import numpy as np

from ..metrics import bins_of, error_in

_DRAWS = 200


@dataclass(frozen=True)
class Calibration:
    """Risk said beside violations found.

    rows: how many shipments. said, found: mean risk and share of violations. error: expected
    calibration error in ten groups of equal size. by_chance, by_chance_high: the error that
    risks right to the last digit would show in so few shipments, on average and in one of twenty
    draws; an error below the second does not show that risks are wrong.
    """

    rows: int
    said: float
    found: float
    error: float
    by_chance: float
    by_chance_high: float


def calibrated(
    labels: np.ndarray, risk: np.ndarray, weights: np.ndarray | None = None
) -> Calibration:
    """Measure risks; weights: for how many shipments each row stands, one by default."""
    draws = np.random.default_rng(0).random((_DRAWS, len(risk))) < risk
    bins = bins_of(risk)
    chance = [error_in(bins, draw.astype(float), risk, weights) for draw in draws]
    return Calibration(
        len(labels),
        float(np.average(risk, weights=weights)),
        float(np.average(labels, weights=weights)),
        error_in(bins, labels, risk, weights),
        float(np.mean(chance)),
        float(np.quantile(chance, 0.95)),
    )
