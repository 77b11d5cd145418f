"""How well a ranking spends a capacity to inspect, and how far its risks can be believed."""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

CAPACITIES = (0.01, 0.02, 0.05, 0.10)


def evaluated(
    labels: np.ndarray,
    risk: np.ndarray,
    days: np.ndarray,
    value: np.ndarray,
    are_risks: bool = True,
) -> dict[str, float]:
    """Metrics by name, for labelled shipments.

    labels: 1 for a violation. days: the day of each shipment. value: declared value in USD.
    precision, recall, value (share of the value of all violations) and of_oracle (precision over
    the best that can be had) are given at each capacity over the whole period; daily_precision
    takes the top of every day and averages over days. are_risks: the ranking is by probabilities,
    so that it makes sense to ask how far they can be believed.
    """
    found: dict[str, float] = {"rows": len(labels), "violation_rate": float(labels.mean())}
    for share in CAPACITIES:
        found |= _at_capacity(labels, risk, days, value, share)
    if 0 < labels.sum() < len(labels):
        found["average_precision"] = float(average_precision_score(labels, risk))
        found["roc_auc"] = float(roc_auc_score(labels, risk))
    if are_risks:
        found["brier"] = float(brier_score_loss(labels, risk))
        found["calibration_error"] = calibration_error(labels, risk)
    return found


def at_random(labels: np.ndarray) -> dict[str, float]:
    """The same figures for shipments chosen at random, as they are on average."""
    rate, at = float(labels.mean()), {share: f"at_{share * 100:g}" for share in CAPACITIES}
    precision = {f"precision_{name}": rate for name in at.values()}
    of_all = {f"{of}_{name}": share for share, name in at.items() for of in ("recall", "value")}
    found = {"rows": len(labels), "violation_rate": rate, **precision, **of_all}
    return {**found, "average_precision": rate}


def top(risk: np.ndarray, share: float) -> np.ndarray:
    """The positions of the riskiest share of shipments, at least one; ties keep their order."""
    count = max(1, round(len(risk) * share))
    return np.argsort(-risk, kind="stable")[:count]


def calibration_error(
    labels: np.ndarray, risk: np.ndarray, weights: np.ndarray | None = None, bins: int = 10
) -> float:
    """Expected calibration error: mean gap between risk and rate over bins of equal size.

    weights: for how many shipments each row stands, one by default.
    """
    return error_in(bins_of(risk, bins), labels, risk, weights)


def bins_of(risk: np.ndarray, bins: int = 10) -> list[np.ndarray]:
    """The rows of bins of equal size, in order of their risks."""
    return np.array_split(np.argsort(risk, kind="stable"), bins)


def error_in(
    groups: Sequence[np.ndarray],
    labels: np.ndarray,
    risk: np.ndarray,
    weights: np.ndarray | None = None,
) -> float:
    """The calibration error over bins that are known already."""
    off = labels - risk if weights is None else weights * (labels - risk)
    of = len(labels) if weights is None else weights.sum()
    return float(sum(abs(off[rows].sum()) for rows in groups) / of)


def _at_capacity(
    labels: np.ndarray, risk: np.ndarray, days: np.ndarray, value: np.ndarray, share: float
) -> dict[str, float]:
    chosen = top(risk, share)
    hits, all_hits = labels[chosen].sum(), labels.sum()
    loss = np.nan_to_num(value) * labels
    best = min(1.0, all_hits / len(chosen))
    at = f"at_{share * 100:g}"
    return {
        f"precision_{at}": float(hits / len(chosen)),
        f"recall_{at}": float(hits / max(all_hits, 1)),
        f"value_{at}": float(loss[chosen].sum() / max(loss.sum(), 1e-9)),
        f"of_oracle_{at}": float(hits / len(chosen) / best) if best else 0.0,
        f"daily_precision_{at}": _daily_precision(labels, risk, days, share),
    }


def _daily_precision(labels: np.ndarray, risk: np.ndarray, days: np.ndarray, share: float) -> float:
    order = np.argsort(days, kind="stable")
    starts = np.flatnonzero(np.diff(days[order].astype(np.int64), prepend=-1))
    by_day = np.split(order, starts[1:])
    return float(np.mean([labels[rows][top(risk[rows], share)].mean() for rows in by_day]))


def flat(groups: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Metrics of several groups under one name each: group.metric."""
    return {f"{group}.{name}": value for group, of in groups.items() for name, value in of.items()}
