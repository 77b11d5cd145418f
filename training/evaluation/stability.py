"""Whether a refit keeps the top: the same shipments ranked by the model before and after it."""

import numpy as np

from ..metrics import CAPACITIES, top
from .judged import Judged


def overlap(everyone: Judged) -> dict[str, float]:
    """The share of the riskiest that the model of the fold before had among its riskiest too.

    The mean over folds. Two unrelated rankings would share as much as the capacity itself.
    """
    found = {}
    for capacity in CAPACITIES:
        shared = [
            _shared(everyone.risk[rows], everyone.before[rows], capacity)
            for rows in (everyone.fold == fold for fold in np.unique(everyone.fold))
        ]
        found[f"overlap_at_{capacity * 100:g}"] = float(np.mean(shared))
    return found


def _shared(risk: np.ndarray, before: np.ndarray, capacity: float) -> float:
    chosen = top(risk, capacity)
    return len(np.intersect1d(chosen, top(before, capacity))) / len(chosen)
