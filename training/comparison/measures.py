"""What rankings reached: over all, for traders never seen, by typology, by month."""

import numpy as np
import pandas as pd

from ..metrics import evaluated, top
from .scoring import ORACLE, Scored

# The metric by its name in a table.
OVERALL = {
    "precision @1%": "precision_at_1",
    "precision @2%": "precision_at_2",
    "precision @5%": "precision_at_5",
    "precision @10%": "precision_at_10",
    "precision @5% of each day": "daily_precision_at_5",
    "recall @5%": "recall_at_5",
    "value @5%": "value_at_5",
    "average precision": "average_precision",
}
NEVER_SEEN = {
    name: OVERALL[name] for name in ("precision @1%", "precision @5%", "average precision")
}


def overall(scored: Scored) -> pd.DataFrame:
    """The figures of each selector, and its precision at 5 % over that of the oracle."""
    figures = _figures(scored, OVERALL)
    best = figures.loc[ORACLE, "precision @5%"]
    return figures.assign(**{"of the oracle @5%": figures["precision @5%"] / best})


def never_seen(scored: Scored) -> pd.DataFrame:
    """The figures of each selector on shipments of traders never seen before the month."""
    return _figures(scored.where(scored.rows["never_seen"]), NEVER_SEEN)


def by_typology(scored: Scored) -> pd.DataFrame:
    """Recall at 5 % of each selector for each typology."""
    kinds = scored.rows["typology"].where(scored.rows["diverted"] == 1, "")
    recalls = {}
    for name in scored.ranks:
        chosen = np.zeros(len(kinds))
        chosen[top(scored.ranks[name].to_numpy(), 0.05)] = 1
        recalls[name] = pd.Series(chosen).groupby(kinds.to_numpy()).mean()
    return pd.DataFrame(recalls).T[_in_order(kinds)]


def typology_counts(scored: Scored) -> pd.Series:
    """How many shipments were diverted by each typology."""
    kinds = scored.rows.loc[scored.rows["diverted"] == 1, "typology"]
    return kinds.value_counts()[_in_order(kinds)]


def by_month(scored: Scored) -> pd.DataFrame:
    """Precision at 5 % of each selector (rows) in each month (columns)."""

    def precision(rows: pd.DataFrame, name: str) -> float:
        ranks = scored.ranks.loc[rows.index, name].to_numpy()
        return float(rows["diverted"].to_numpy()[top(ranks, 0.05)].mean())

    months = scored.rows.groupby("month")
    return pd.DataFrame(
        {month: {name: precision(rows, name) for name in scored.ranks} for month, rows in months}
    )


def precision_at_1(scored: Scored) -> pd.Series:
    """Precision at 1 % of each selector, and nothing else: for many of them at once."""
    labels = scored.rows["diverted"].to_numpy()
    return scored.ranks.apply(lambda rank: labels[top(rank.to_numpy(), 0.01)].mean())


def _figures(scored: Scored, shown: dict[str, str]) -> pd.DataFrame:
    if not len(scored.rows):
        return pd.DataFrame(np.nan, index=scored.ranks.columns, columns=list(shown))
    labels, days, value = (scored.rows[name].to_numpy() for name in ("diverted", "day", "value"))
    found = {}
    for name in scored.ranks:
        metrics = evaluated(labels, scored.ranks[name].to_numpy(dtype=float), days, value)
        found[name] = {head: metrics.get(metric, np.nan) for head, metric in shown.items()}
    return pd.DataFrame(found).T


def _in_order(kinds: pd.Series) -> list[str]:
    """T2 before T10."""
    return sorted(set(kinds) - {""}, key=lambda kind: (len(kind), kind))
