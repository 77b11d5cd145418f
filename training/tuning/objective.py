"""What settings are worth: how well their models rank later records, less what explaining costs."""

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
from sklearn.metrics import average_precision_score

from shiprisk.features import Signal

from ..fit import fitted
from ..settings import Settings
from .folds import TuningFold


@dataclass(frozen=True)
class Worth:
    """Means over folds. precision: average precision. trees. cost: see `explaining_cost`."""

    precision: float
    spread: float
    trees: float
    cost: float

    def objective(self, price: float) -> float:
        """The average precision, less a price for each unit of the cost of explaining."""
        return self.precision - price * self.cost


def worth(folds: Sequence[TuningFold], signals: Sequence[Signal], settings: Settings) -> Worth:
    """What models with these settings are worth on each fold, on average.

    Each takes as many trees as serve its fold best, so the figures are a little too good, alike
    for all settings; the test period, which none of them saw, says what the chosen one is worth.
    """
    precision, trees, cost = [], [], []
    for fold in folds:
        booster = fitted(fold.fit, signals, settings, choices=fold.judged)
        risk = booster.predict(fold.judged.matrix, raw_score=True)
        precision.append(float(average_precision_score(fold.judged.labels, risk)))
        trees.append(booster.num_trees())
        cost.append(explaining_cost(booster))
    return Worth(
        float(np.mean(precision)), float(np.std(precision)), float(np.mean(trees)),
        float(np.mean(cost)),
    )  # fmt: skip


def explaining_cost(booster: lgb.Booster) -> float:
    """Leaves times depth, summed over the trees: what exact contributions of a row take.

    A row walks every node of a tree once for each two levels of its depth.
    """
    table = booster.trees_to_dataframe()
    leaves = table["left_child"].isna().groupby(table["tree_index"]).sum()
    depth = table.groupby("tree_index")["node_depth"].max() - 1
    return float((leaves * depth).sum())
