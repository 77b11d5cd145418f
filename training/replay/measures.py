"""What strategies found, how good their models were, and what their records say of all trade."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score

from .strategies import EXPLOITATION

DRAWS = 400
_LIMITS = [0.025, 0.975]


def shipments_of(items: pd.DataFrame) -> pd.DataFrame:
    """Shipments, one row each, from the goods items that a strategy lived through.

    items: the stage's declarations with what the office says of them. Columns: week, day, trader,
    diverted and violation (of any item), risk (the highest), inspected, at_random, probability.
    """
    of_any = items.groupby(["declared_on", "declaration_id"], sort=True)
    first, most = of_any.first(), of_any[["diverted", "violation", "risk"]].max()
    return pd.DataFrame({
        "week": first["week"],
        "day": first.index.get_level_values("declared_on"),
        "trader": first["trader_id"],
        "diverted": most["diverted"].astype(float),
        "violation": most["violation"].astype(float),
        "risk": most["risk"],
        "inspected": first["selected_by"].notna(),
        "at_random": first["selected_by"].eq("random"),
        "probability": first["probability"],
    }).reset_index(drop=True)  # fmt: skip


def by_week(shipments: pd.DataFrame) -> pd.DataFrame:
    """For each week: inspected, diverted among these, and the most that could have been among them.

    The most: on each day the number inspected, or all that were diverted if these were fewer.
    ranked: diverted among as many of the riskiest of each day, had none been drawn or looked at
    for being uncertain.
    """
    worlds = shipments.sort_values(["world", "day", "risk"], ascending=[True, True, False])
    of_day = worlds.groupby(["world", "day"], sort=False)
    capacity = of_day["inspected"].transform("sum")
    top = worlds["diverted"] * (of_day.cumcount() < capacity)
    daily = pd.DataFrame({
        "week": worlds["week"],
        "inspected": worlds["inspected"].astype(int),
        "found": worlds["diverted"] * worlds["inspected"],
        "ranked": top,
        "diverted": worlds["diverted"],
    }).groupby([worlds["world"], worlds["week"], worlds["day"]])  # fmt: skip
    days = daily[["inspected", "found", "ranked", "diverted"]].sum()
    days["most"] = np.minimum(days["inspected"], days["diverted"])
    return days.groupby(level=["world", "week"]).sum()


def totals(everything: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The figures of each strategy over all weeks and worlds; rows are strategies.

    of the oracle: found over the most that could have been found. ranking: precision of as many of
    the riskiest. average precision: of the risks of each month, against the truth, in the mean.
    """
    rows = {}
    for name, shipments in everything.items():
        sums = by_week(shipments).sum()
        rows[name] = {
            "inspected": sums["inspected"],
            "found": sums["found"],
            "precision": sums["found"] / sums["inspected"],
            "of the oracle": sums["found"] / max(sums["most"], 1),
            "precision of the riskiest": sums["ranked"] / sums["inspected"],
            "average precision": average_precision(shipments),
        }
    return pd.DataFrame(rows).T


def average_precision(shipments: pd.DataFrame) -> float:
    """Average precision of the risks of all shipments of a month, in the mean over months."""
    months = shipments.groupby(["world", shipments["day"].dt.to_period("M")])
    return float(np.mean([
        average_precision_score(month["diverted"], month["risk"])
        for _, month in months if month["diverted"].any()
    ]))  # fmt: skip


def of_the_oracle_by_world(everything: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Found over the most that could have been found: strategies by worlds."""
    rows = {}
    for name, shipments in everything.items():
        sums = by_week(shipments).groupby(level="world").sum()
        rows[name] = sums["found"] / sums["most"].clip(lower=1)
    return pd.DataFrame(rows).T


def intervals(everything: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Precision, and how far above that of exploitation, with 95 % intervals.

    Traders are drawn again and again, the same for both. What is drawn is whose shipments there
    were, not what else might have been learnt: the path of each strategy stays as it was. Columns:
    figure, low and high of `precision` and of `more` (NaN: nothing to compare), on two levels.
    """
    drawn = {name: _drawn_precision(shipments) for name, shipments in everything.items()}
    rows = {}
    for name, precision in drawn.items():
        more = [np.nan] * 3
        if name != EXPLOITATION and EXPLOITATION in drawn:
            more = _limits(precision - drawn[EXPLOITATION])
        rows[name] = [*_limits(precision), *more]
    heads = pd.MultiIndex.from_product([["precision", "more"], ["figure", "low", "high"]])
    return pd.DataFrame.from_dict(rows, orient="index", columns=heads)


def _drawn_precision(shipments: pd.DataFrame) -> np.ndarray:
    """The precision as it was, then as it is of each draw of the traders."""
    found = shipments["diverted"] * shipments["inspected"]
    sums = pd.DataFrame({"inspected": shipments["inspected"].astype(float), "found": found})
    of_trader = sums.groupby([shipments["world"], shipments["trader"]]).sum()
    count = len(of_trader)
    draws = np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), DRAWS)
    drawn = np.vstack([np.ones(count), draws]) @ of_trader.to_numpy()
    return drawn[:, 1] / np.maximum(drawn[:, 0], 1)


def _limits(drawn: np.ndarray) -> list[float]:
    return [float(drawn[0]), *np.quantile(drawn[1:], _LIMITS).tolist()]
