"""How well a ranking spends a capacity to inspect, and how far its risks can be believed."""

from collections.abc import Mapping

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

CAPACITIES = (0.01, 0.02, 0.05, 0.10)


def evaluated(
    labels: np.ndarray, risk: np.ndarray, days: np.ndarray, value: np.ndarray
) -> dict[str, float]:
    """Metrics by name, for labelled shipments.

    labels: 1 for a violation. days: the day of each shipment. value: declared value in USD.
    precision, recall, value (share of the value of all violations) and of_oracle (precision over
    the best that can be had) are given at each capacity over the whole period; daily_precision
    takes the top of every day and averages over days.
    """
    found: dict[str, float] = {"rows": len(labels), "violation_rate": float(labels.mean())}
    for share in CAPACITIES:
        found |= _at_capacity(labels, risk, days, value, share)
    if 0 < labels.sum() < len(labels):
        found["average_precision"] = float(average_precision_score(labels, risk))
        found["roc_auc"] = float(roc_auc_score(labels, risk))
    found["brier"] = float(brier_score_loss(labels, risk))
    found["calibration_error"] = calibration_error(labels, risk)
    return found


def top(risk: np.ndarray, share: float) -> np.ndarray:
    """The positions of the riskiest share of shipments, at least one; ties keep their order."""
    count = max(1, round(len(risk) * share))
    return np.argsort(-risk, kind="stable")[:count]


def calibration_error(labels: np.ndarray, risk: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean gap between risk and rate over bins of equal size."""
    groups = np.array_split(np.argsort(risk, kind="stable"), bins)
    gaps = [abs(labels[rows].sum() - risk[rows].sum()) for rows in groups]
    return float(sum(gaps) / len(labels))


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
