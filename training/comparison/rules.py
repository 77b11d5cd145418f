"""Ways to choose what to inspect that learn nothing: a number per declaration, higher first."""

import numpy as np
import pandas as pd

from shiprisk.features import RED_FLAGS, SIGNALS, SOURCES, Block, Signal

from .folds import Fold

# A signal raises its flag when it lies among so many of the most alarming past values.
ALARMING = 0.05
# The limits of a quantile need no more rows.
_ROWS_FOR_LIMITS = 20_000


def at_random(fold: Fold) -> np.ndarray:
    """Chance."""
    return np.random.default_rng(0).random(len(fold.asked))


def by_declared_value(fold: Fold) -> np.ndarray:
    """The dearest first."""
    return fold.asked["customs_value_usd"].fillna(0).to_numpy(dtype=float)


def newest_firm(fold: Fold) -> np.ndarray:
    """The youngest firm first; a firm of unknown age last."""
    return -np.nan_to_num(fold.signals["firm_age_days"], nan=1e6)


def priority_list(fold: Fold) -> np.ndarray:
    """Goods of the gravest tier of the list of the day first."""
    return fold.signals["priority_weight"]


def official_flags(fold: Fold) -> np.ndarray:
    """The most official red flags first: signals beyond what 95 % of past shipments show."""
    signals = [s for s in SIGNALS if s.direction and s.flags and not s.sensitive]
    signals = [s for s in signals if any(_official(flag) for flag in s.flags)]
    past = fold.history.block(fold.past.declarations.iloc[-_ROWS_FOR_LIMITS:])
    return sum((_alarming(s, fold.signals, past) for s in signals), np.zeros(len(fold.asked)))


def group_by_past(fold: Fold) -> np.ndarray:
    """No learner: the firm's and heading's hit rate among past outcomes, else the overall rate."""
    inspected = fold.past.inspected
    if not len(inspected):
        return np.zeros(len(fold.asked))
    key = [inspected["trader_id"], inspected["hs_code"].str[:4]]
    rates = inspected["violation"].astype(float).groupby(key).mean()
    asked = pd.MultiIndex.from_arrays([fold.asked["trader_id"], fold.asked["hs_code"].str[:4]])
    return rates.reindex(asked).fillna(inspected["violation"].mean()).to_numpy()


def one_signal(fold: Fold, signal: Signal, direction: int) -> np.ndarray:
    """A signal alone: the highest first, or with direction -1 the lowest; where missing, last."""
    values = fold.signals[signal.name].astype(float) * direction
    return np.where(np.isnan(values), -np.inf, values)


def _official(flag: str) -> bool:
    return SOURCES[RED_FLAGS[flag].source].official


def _alarming(signal: Signal, asked: Block, past: Block) -> np.ndarray:
    known = past[signal.name][~np.isnan(past[signal.name])] * signal.direction
    if not len(known):
        return np.zeros(asked.rows)
    limit = np.quantile(known, 1 - ALARMING)
    return np.nan_to_num(asked[signal.name] * signal.direction >= limit).astype(float)
