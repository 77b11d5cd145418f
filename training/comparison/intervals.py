"""How far chance alone could move a figure: traders are drawn again and again.

Shipments of one trader are alike, so whole traders are drawn, not shipments.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from ..metrics import top
from .scoring import Scored

DRAWS = 400
CAPACITIES = {"precision @1%": 0.01, "precision @2%": 0.02, "precision @5%": 0.05}


def intervals(
    scored: Scored, names: Sequence[str], pairs: Sequence[tuple[str, str]] = ()
) -> pd.DataFrame:
    """Precision of the named selectors, and differences of pairs, with 95 % intervals.

    One row per selector or pair and capacity; columns `figure`, `low` and `high`. Both of a pair
    are measured on the same draws.
    """
    labels = scored.rows["diverted"].to_numpy()
    if not len(labels) or not len(names):
        return pd.DataFrame(columns=["figure", "low", "high"])
    traders, draws = _draws(scored.rows["trader"])
    found = {}
    for name, (metric, share) in product(names, CAPACITIES.items()):
        ranks = scored.ranks[name].to_numpy()
        order = np.argsort(-ranks, kind="stable")
        ordered, drawn = labels[order], traders[order]
        figures = [weighted_precision(ordered, draw[drawn], share) for draw in draws]
        found[name, metric] = np.array([labels[top(ranks, share)].mean(), *figures])
    for (one, other), metric in product(pairs, CAPACITIES):
        found[f"{one} − {other}", metric] = found[one, metric] - found[other, metric]
    return _limits(found)


def weighted_precision(labels: np.ndarray, weights: np.ndarray, share: float) -> float:
    """The hit rate among the first rows that hold a share of the weight, at least one row."""
    running = np.cumsum(weights)
    taken = int(np.searchsorted(running, share * running[-1])) + 1
    return float(labels[:taken] @ weights[:taken] / running[taken - 1])


def _draws(traders: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The number of each row's trader, and how often each trader is drawn, draw by draw.

    Traders are drawn with replacement, the same each time.
    """
    numbers, distinct = pd.factorize(traders)
    count = len(distinct)
    drawn = np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), DRAWS)
    return numbers, drawn.astype(np.float64)


def _limits(found: Mapping[tuple[str, str], np.ndarray]) -> pd.DataFrame:
    rows = {key: [all_[0], *np.quantile(all_[1:], [0.025, 0.975])] for key, all_ in found.items()}
    index = pd.MultiIndex.from_tuples(rows)
    return pd.DataFrame(list(rows.values()), index, ["figure", "low", "high"])
