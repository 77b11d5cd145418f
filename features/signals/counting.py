"""How outcomes of inspections are counted and told: shared by all signals of that family."""

import numpy as np

from ..trailing import Trailing
from ..values import Values, where

# So many outcomes at the wider group's rate are added to those of a group.
OF_GOODS, OF_PARTY, OF_IDENTICAL = 20.0, 5.0, 1.0

# Ends each sentence: the smoothed rate is what moves the risk, so it must stand beside the counts.
RATES = " (smoothed {value:.0%}, usual {usual_hit_rate:.0%})"


def inspected(*by: str) -> Trailing:
    """How many outcomes of a group are known."""
    return Trailing(by=by, on="known_on")


def hits(*by: str) -> Trailing:
    """How many of them are violations."""
    return Trailing(by=by, of="violation", on="known_on")


def where_known(rate: Values, outcomes: Values) -> Values:
    """A rate where any outcome is known, else missing."""
    return where(outcomes > 0, rate, np.nan)
