"""All selectors over the same months, measured against the truth of a simulated world."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score

from shiprisk.features import Records

from ..metrics import CAPACITIES, top
from .folds import folds, truth_of
from .selectors import SELECTORS, Selector

MONTHS = 6


@dataclass(frozen=True)
class Outcome:
    """What came of a benchmark.

    figures: a row per selector, a column per metric. monthly: precision at 5 % by selector (rows)
    and month (columns). prevalence: the share of the scored shipments that were diverted.
    """

    figures: pd.DataFrame
    monthly: pd.DataFrame
    prevalence: float
    shipments: int


def benchmark(
    records: Records,
    truth: pd.DataFrame,
    months: int = MONTHS,
    selectors: dict[str, Selector] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Score the last months one by one with every selector, each knowing only what was known."""
    chosen = SELECTORS if selectors is None else selectors
    scored = []
    for fold in folds(records, months):
        tell(f"{fold.first_day.astype('datetime64[M]')}: {len(fold.asked):,} declarations")
        month = truth_of(fold.asked, truth)
        month["month"] = str(fold.first_day.astype("datetime64[M]"))
        month["new_firm"] = ~fold.asked["trader_id"].isin(fold.past.declarations["trader_id"])
        for name, selector in chosen.items():
            # By rank within the month: selectors of different months are not on one scale.
            month[name] = pd.Series(selector(fold), month.index).rank(pct=True, method="first")
        scored.append(month)
    everything = pd.concat(scored, ignore_index=True)
    return Outcome(
        pd.DataFrame({name: _figures(everything, name) for name in chosen}).T,
        pd.DataFrame({name: _monthly(everything, name) for name in chosen}).T,
        float(everything["diverted"].mean()),
        len(everything),
    )


def _figures(scored: pd.DataFrame, name: str) -> dict[str, float]:
    labels, rank = scored["diverted"].to_numpy(dtype=float), scored[name].to_numpy()
    found = {f"precision @{share:.0%}": labels[top(rank, share)].mean() for share in CAPACITIES}
    found["recall @5%"] = labels[top(rank, 0.05)].sum() / labels.sum()
    found["average precision"] = average_precision_score(labels, rank)
    new = scored["new_firm"].to_numpy()
    found["new firms, precision @5%"] = labels[new][top(rank[new], 0.05)].mean()
    chosen = np.zeros(len(scored), dtype=bool)
    chosen[top(rank, 0.05)] = True
    for typology in sorted(set(scored["typology"]) - {""}):
        found[f"{typology} recall @5%"] = chosen[scored["typology"] == typology].mean()
    return found


def _monthly(scored: pd.DataFrame, name: str) -> pd.Series:
    def precision(month: pd.DataFrame) -> float:
        labels = month["diverted"].to_numpy(dtype=float)
        return float(labels[top(month[name].to_numpy(), 0.05)].mean())

    return pd.Series({str(month): precision(rows) for month, rows in scored.groupby("month")})
