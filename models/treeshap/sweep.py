"""Raw scores of a record with other values in it, compiled: many tries in well under a millisecond.

LightGBM's own prediction takes some ten times as long for a few hundred rows, and waits for other
threads. Scores that are answered are always LightGBM's.
"""

import lightgbm as lgb
import numpy as np
from numba import njit

from .abreast import ABREAST
from .questions import questions_of
from .trees import read_trees
from .walk import ask


class Sweep:
    """What other values would do to a raw score."""

    def __init__(self, booster: lgb.Booster) -> None:
        trees = read_trees(booster)
        questions = questions_of(trees)
        threshold = np.where(trees.is_category, 0.0, trees.threshold)
        self._thresholds = {
            int(column): np.unique(threshold[(trees.column == column) & ~trees.is_category])
            for column in np.unique(trees.column)
        }
        nodes = np.column_stack([questions.asked, trees.left, trees.right]).astype(np.int64)
        self._trees = trees.first[:-1], nodes, threshold, trees.leaf_value
        self._questions = questions.asked_of, questions.fill, questions.words

    def thresholds(self, column: int) -> np.ndarray:
        """The values of a column at which trees tell rows apart, rising; none of categories."""
        return self._thresholds.get(column, np.zeros(0))

    def moved(self, row: np.ndarray, tries: np.ndarray) -> np.ndarray:
        """How far each of the tries (tries × columns) is from the row in raw score."""
        rows = np.concatenate([row[None], tries])
        sums = _leaf_sums(rows, *self._trees, *self._questions)
        return sums[1:] - sums[0]


@njit(cache=True, nogil=True)
def _leaf_sums(  # type: ignore[no-untyped-def]
    rows, first, nodes, threshold, leaves, questions, fill, words
):
    sums = np.zeros(len(rows))
    told = np.empty((1, len(questions), ABREAST))
    for begin in range(0, len(rows), ABREAST):
        block = rows[begin : begin + ABREAST]
        ask(block, questions, fill, words, told)
        for at in range(len(block)):
            for root in first:
                node = root
                while node >= 0:
                    goes_left = told[0, nodes[node, 0], at] <= threshold[node]
                    node = nodes[node, 1] if goes_left else nodes[node, 2]
                sums[begin + at] += leaves[-1 - node]
    return sums
