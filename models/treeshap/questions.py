"""What a booster asks of a row, so that each of its nodes only has to compare."""

from typing import NamedTuple

import numpy as np

from .trees import MISSING_NONE, MISSING_ZERO, Trees


class Questions(NamedTuple):
    """The distinct questions of all nodes; the answer yes, to the left, is "at most".

    asked: of each node the position of its question. asked_of: of each question a column, whether
    zero is missing in it, and where its categories begin in the words and end (both 0 for numbers).
    fill: what stands for a missing value: below every threshold where missing goes left, NaN (at
    most nothing) where it goes right, 0 where LightGBM takes it as 0. words: sets of categories.
    """

    asked: np.ndarray
    asked_of: np.ndarray
    fill: np.ndarray
    words: np.ndarray


def questions_of(trees: Trees) -> Questions:
    """The questions that these trees ask."""
    none, zero = trees.missing == MISSING_NONE, trees.missing == MISSING_ZERO
    fill = np.where(none, 0.0, np.where(trees.default_left, -np.inf, np.nan))
    zero = zero & ~trees.is_category
    ends = np.concatenate([[0], np.cumsum([len(words) for words in trees.sets])]).astype(np.int64)
    which = np.where(trees.is_category, trees.threshold, 0).astype(np.int64)
    begin = np.where(trees.is_category, ends[which], 0)
    end = np.where(trees.is_category, ends[np.minimum(which + 1, len(ends) - 1)], 0)
    kind = np.where(none, 0, np.where(trees.default_left, 1, 2) + 2 * zero)
    kind = np.where(trees.is_category, 5 + which, kind)
    _, first, asked = np.unique(
        trees.column * (5 + len(trees.sets)) + kind, return_index=True, return_inverse=True
    )
    asked_of = np.column_stack([trees.column, zero, begin, end])[first]
    words = np.concatenate([*trees.sets, np.zeros(0, dtype=np.uint32)])
    return Questions(asked, asked_of, fill[first], words)
