"""What the records of a strategy say of all shipments, against what inspecting all would say."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.stats import chi2


def estimated_rates(everything: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The share of violations among all shipments, as each strategy's records tell it.

    true: what inspecting every shipment would have written down. among inspected: what a look at
    the records alone says. at random: inspected shipments that chance named. estimate, low, high:
    each inspected shipment counted for as many as it stands for (the inverse of its probability),
    with a 95 % interval. Rows are strategies; of one without chance there is no estimate: nothing
    stands for what it never selects.
    """
    return pd.DataFrame({name: _rates(one) for name, one in everything.items()}).T


def _rates(shipments: pd.DataFrame) -> dict[str, float]:
    inspected = shipments[shipments["inspected"]]
    told = {
        "true": float(shipments["violation"].mean()),
        "among inspected": float(inspected["violation"].mean()),
        "at random": float(shipments["at_random"].sum()),
    }
    probability = shipments["probability"].to_numpy()
    if (probability <= 0).any():
        return told | {"estimate": np.nan, "low": np.nan, "high": np.nan}
    found = inspected[inspected["violation"] > 0]["probability"].to_numpy()
    sure, weights = float((found >= 1).sum()), 1 / found[found < 1]
    low, high = weighted_count_limits(weights, float(1 / probability.min()))
    counts = {"estimate": sure + weights.sum(), "low": sure + low, "high": sure + high}
    return told | {name: float(count / len(shipments)) for name, count in counts.items()}


def weighted_count_limits(weights: np.ndarray, heaviest: float) -> tuple[float, float]:
    """A 95 % interval of a sum of weights of rare findings.

    weights: of those that were found, perhaps none. heaviest: the largest weight that one could
    have had. Gamma limits (Fay and Feuer 1997), which hold where few or none were found, when the
    usual ones are far too narrow.
    """
    total, squares = float(weights.sum()), float((weights**2).sum())
    low = squares / (2 * total) * chi2.ppf(0.025, 2 * total**2 / squares) if total else 0.0
    more, wider = total + heaviest, squares + heaviest**2
    return float(low), float(wider / (2 * more) * chi2.ppf(0.975, 2 * more**2 / wider))
