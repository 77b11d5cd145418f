"""The trees of a LightGBM booster as arrays: all nodes of all trees, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np

# Bits of `decision_type`, and the kinds of missing values in its upper bits.
_IS_CATEGORY, _DEFAULT_LEFT = 1, 2
MISSING_NONE, MISSING_ZERO, MISSING_NAN = 0, 1, 2


@dataclass(frozen=True)
class Trees:
    """What a booster decides by; trees of a single leaf are in the base alone.

    first, leaf_first: where the nodes and leaves of each tree begin, and where the last one ends.
    left, right: a child as position among all nodes, or -1 minus a position among all leaves.
    rows, leaf_rows: numbers of training rows. sets: of each category node, the bits of the
    categories that go left, in words of 32; its threshold is a position in `sets`.
    """

    columns: int
    base: float
    first: np.ndarray
    leaf_first: np.ndarray
    column: np.ndarray
    threshold: np.ndarray
    is_category: np.ndarray
    missing: np.ndarray
    default_left: np.ndarray
    left: np.ndarray
    right: np.ndarray
    rows: np.ndarray
    leaf_rows: np.ndarray
    leaf_value: np.ndarray
    sets: list[np.ndarray]

    def rows_at(self, child: np.ndarray) -> np.ndarray:
        """The training rows that reached each child."""
        inner = child >= 0
        return np.where(
            inner, self.rows[np.where(inner, child, 0)], self.leaf_rows[np.where(inner, 0, ~child)]
        )


def read_trees(booster: lgb.Booster) -> Trees:
    """The trees that a booster predicts with. ValueError where they are not plain trees."""
    head, *texts = booster.model_to_string().split("\nTree=")
    about = _pairs(head)
    told = [_pairs(text.split("\n\n", 1)[0]) for text in texts]
    _check(about, told)
    stumps = [tree for tree in told if int(tree["num_leaves"]) == 1]
    grown = [tree for tree in told if int(tree["num_leaves"]) > 1]
    leaves = np.array([int(tree["num_leaves"]) for tree in grown], dtype=np.int64)
    first, leaf_first = _starts(leaves - 1), _starts(leaves)
    decision = _joined(grown, "decision_type", np.int64)
    is_category = (decision & _IS_CATEGORY) != 0
    threshold = _joined(grown, "threshold", np.float64)
    sets_before = _starts([int(tree["num_cat"]) for tree in grown])[:-1]
    threshold[is_category] += np.repeat(sets_before, leaves - 1)[is_category]
    trees = Trees(
        columns=int(about["max_feature_idx"]) + 1,
        base=sum(float(tree["leaf_value"]) for tree in stumps),
        first=first,
        leaf_first=leaf_first,
        column=_joined(grown, "split_feature", np.int64),
        threshold=threshold,
        is_category=is_category,
        missing=(decision >> 2) & 3,
        default_left=(decision & _DEFAULT_LEFT) != 0,
        left=_children(grown, "left_child", first, leaf_first),
        right=_children(grown, "right_child", first, leaf_first),
        rows=_joined(grown, "internal_count", np.int64),
        leaf_rows=_joined(grown, "leaf_count", np.int64),
        leaf_value=_joined(grown, "leaf_value", np.float64),
        sets=[words for tree in grown if int(tree["num_cat"]) for words in _sets(tree)],
    )
    return _with_base(trees)


def _check(about: dict[str, str], told: Sequence[dict[str, str]]) -> None:
    if int(about["num_tree_per_iteration"]) != 1:
        raise ValueError(f"the booster has {about['num_class']} classes; contributions need one")
    for at, tree in enumerate(told):
        if tree.get("is_linear", "0") != "0":
            raise ValueError(
                f"tree {at} has linear leaves, which have no exact contributions; "
                "train with linear_tree=False"
            )


def _with_base(trees: Trees) -> Trees:
    """The same trees, with the mean output of the grown ones in the base."""
    if not len(trees.rows):
        return trees
    split = trees.rows_at(trees.left) + trees.rows_at(trees.right)
    if (split != trees.rows).any() or not trees.rows.all():
        tree = int(np.searchsorted(trees.first, np.argmax(split != trees.rows), side="right")) - 1
        raise ValueError(
            f"the training rows of the nodes of grown tree {tree} do not add up, so that means "
            "over them are not defined; train again instead of editing the trees"
        )
    of_tree = np.repeat(trees.rows[trees.first[:-1]], np.diff(trees.leaf_first))
    mean = float((trees.leaf_rows / of_tree * trees.leaf_value).sum())
    return Trees(**{**vars(trees), "base": trees.base + mean})


def _pairs(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def _starts(sizes: Sequence[int] | np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(np.asarray(sizes, dtype=np.int64))])


def _joined(grown: Sequence[dict[str, str]], key: str, kind: Any) -> np.ndarray:
    return np.array(" ".join(tree[key] for tree in grown).split(), dtype=kind)


def _children(
    grown: Sequence[dict[str, str]], key: str, first: np.ndarray, leaf_first: np.ndarray
) -> np.ndarray:
    child, sizes = _joined(grown, key, np.int64), np.diff(first)
    before, leaves_before = np.repeat(first[:-1], sizes), np.repeat(leaf_first[:-1], sizes)
    return np.where(child >= 0, child + before, child - leaves_before)


def _sets(tree: dict[str, str]) -> list[np.ndarray]:
    bounds = np.array(tree["cat_boundaries"].split(), dtype=np.int64)
    words = np.array(tree["cat_threshold"].split(), dtype=np.uint32)
    return np.split(words, bounds[1:-1])
