"""Precision at the level of firms: shipments of one firm are alike, so each firm counts once."""

import numpy as np
import pandas as pd

from ..metrics import CAPACITIES, top


def by_firm(labels: np.ndarray, risk: np.ndarray, firms: np.ndarray) -> dict[str, float]:
    """Of the firms among the riskiest shipments, the share with a violation among these.

    One firm with many findings raises precision as if many were found; here it counts once.
    """
    found = {}
    for capacity in CAPACITIES:
        chosen = top(risk, capacity)
        of_firms = pd.Series(labels[chosen]).groupby(firms[chosen]).max()
        found[f"firm_precision_at_{capacity * 100:g}"] = float(of_firms.mean())
    return found
