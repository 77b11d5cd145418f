"""What became of a strategy after a shock: how far it fell, and when it was back."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from .measures import by_week

# The level before a shock is that of so many weeks; a later level is that of STRETCH weeks, and it
# is back when it reaches the share BACK of the one before.
BEFORE, STRETCH, BACK = 8, 4, 0.9
# A fall later than so many weeks after a shock is another story.
WITHIN = 12


def recoveries(
    everything: Mapping[str, pd.DataFrame], first_day: date, shock: date
) -> pd.DataFrame:
    """What became of each strategy's share of the oracle after a shock; rows are strategies.

    before: of the eight weeks before that of the shock. lowest: of the worst four weeks that begin
    within twelve weeks after it. at week: when these begin, from the shock's own week as 0. back:
    in which week the first four weeks begin, from the worst on, that reach nine tenths of before
    (NaN: not within the replay; 0: it never fell below). All worlds together.
    """
    at = (shock - first_day).days // 7
    rows = {}
    for name, shipments in everything.items():
        weekly = by_week(shipments).groupby(level="week").sum()
        found, most = weekly["found"].to_numpy(), weekly["most"].to_numpy()
        rows[name] = _recovery(found, most, at)
    return pd.DataFrame(rows).T


def _recovery(found: np.ndarray, most: np.ndarray, at: int) -> dict[str, float]:
    before = found[max(0, at - BEFORE) : at].sum() / max(most[max(0, at - BEFORE) : at].sum(), 1)
    levels = stretches(found, most)[at:]
    worst = int(np.argmin(levels[: WITHIN + 1]))
    reached = np.flatnonzero(levels[worst:] >= BACK * before)
    back = worst + reached[0] if len(reached) else np.nan
    if levels[worst] >= BACK * before:
        back = 0
    return {"before": before, "lowest": levels[worst], "at week": worst, "back": back}


def stretches(found: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Found over the most, of the weeks from each one on, as many as make a stretch."""
    ones = np.ones(STRETCH)
    sums = [np.convolve(numbers, ones, "valid") for numbers in (found, most)]
    return np.asarray(sums[0] / np.maximum(sums[1], 1))
