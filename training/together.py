"""Boosters of different seeds that grow together and stop when their mean is best."""

from collections.abc import Sequence
from typing import Any

import lightgbm as lgb
import numpy as np
from scipy.special import logit

# Rows (training, choices) → metric → its value after each tree of every member.
Curves = dict[str, dict[str, list[float]]]


def grown(
    members: Sequence[dict[str, Any]],
    data: lgb.Dataset,
    watched: lgb.Dataset,
    most: int,
    patience: int,
    curves: Curves,
) -> list[lgb.Booster]:
    """A booster for the parameters of each member, all with so many trees as serve their mean best.

    Stops once `patience` further trees of each have not made the mean's loss on the watched rows
    smaller. One number for all: what a single member does best with is mostly chance. curves:
    filled with the metrics of the mean after each tree.
    """
    boosters = [lgb.Booster(parameters, data) for parameters in members]
    for booster in boosters:
        booster.add_valid(watched, "choices")
    rows = {"training": data, "choices": watched}
    for name in rows:
        curves[name] = {"binary_logloss": [], "average_precision": []}
    losses = curves["choices"]["binary_logloss"]
    while len(losses) < most and len(losses) - int(np.argmin(losses or [0])) <= patience:
        for booster in boosters:
            booster.update()
        for name, of in rows.items():
            raw = np.mean([logit(_said(one, name)) for one in boosters], axis=0)
            labels, given = np.asarray(of.get_label(), dtype=np.float64), of.get_weight()
            weights = np.ones(len(labels)) if given is None else np.asarray(given, np.float64)
            curves[name]["binary_logloss"].append(loss_of(labels, raw, weights))
            curves[name]["average_precision"].append(precision_of(labels, raw, weights))
    best = int(np.argmin(losses)) + 1
    return [lgb.Booster(model_str=one.model_to_string(num_iteration=best)) for one in boosters]


# Both are asked after every tree: with the checks that scikit-learn makes of its input they took
# longer than the trees.


def loss_of(labels: np.ndarray, raw: np.ndarray, weights: np.ndarray) -> float:
    """The log loss of raw scores (log-odds), over weighted rows."""
    return float(np.average(np.logaddexp(0, raw) - labels * raw, weights=weights))


def precision_of(labels: np.ndarray, raw: np.ndarray, weights: np.ndarray) -> float:
    """The average precision of a ranking by raw scores, equals taken together; 0 without hits."""
    order = np.argsort(-raw)
    found = np.cumsum((weights * labels)[order])
    if not found[-1]:
        return 0.0
    last = np.append(np.diff(raw[order]) != 0, True)  # of each stretch of equals
    precision = found[last] / np.cumsum(weights[order])[last]
    return float(np.diff(found[last], prepend=0.0) @ precision / found[-1])


def _said(booster: lgb.Booster, name: str) -> np.ndarray:
    """The risks of its training rows or of the watched ones, as the booster keeps them."""
    said: list[np.ndarray] = []

    def keep(risk: np.ndarray, _: lgb.Dataset) -> tuple[str, float, bool]:
        said.append(risk)
        return "kept", 0.0, True

    if name == "training":
        booster.eval_train(keep)
    else:
        booster.eval_valid(keep)
    return said[0]
