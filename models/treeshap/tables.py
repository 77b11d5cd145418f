"""What the walk over the trees reads, worked out once per booster (see `walk.py` for its use)."""

from typing import NamedTuple

import numpy as np

from .trees import MISSING_NONE, MISSING_ZERO, Trees


class Tables(NamedTuple):
    """Arrays in the order in which `walk` takes them.

    trees: of each tree its nodes, points, and place in `weights`. whole, real: of each node what
    the names in `walk.py` say. tau, gain: of each point, how much further a condition holds, and
    what a contribution weighs. questions, fill, words: what is read of a row, see `_questions`.
    """

    trees: np.ndarray
    whole: np.ndarray
    real: np.ndarray
    leaves: np.ndarray
    tau: np.ndarray
    gain: np.ndarray
    weights: np.ndarray
    questions: np.ndarray
    fill: np.ndarray
    words: np.ndarray


def tables_of(trees: Trees) -> Tables:
    """Everything that the contributions of any row need of these trees."""
    sizes = np.diff(trees.first)
    before, leaves_before = (
        np.repeat(trees.first[:-1], sizes),
        np.repeat(trees.leaf_first[:-1], sizes),
    )
    share = trees.rows_at(trees.left) / trees.rows
    parent, came_left = _parents(trees)
    twin, twin_left = _twins(trees, parent, came_left)
    points = _points(trees, parent, twin)
    of_node = np.repeat(points, sizes)
    curve, tau, gain = _curves(of_node, twin, _kept(share, twin, twin_left))
    starts, weights = _weights(points)
    asked, questions, fill, words = _questions(trees)
    above = np.maximum(parent, 0)

    def slot(child: np.ndarray) -> np.ndarray:
        local = np.where(child >= 0, child - before, sizes.repeat(sizes) + ~child - leaves_before)
        return local * of_node

    whole = [
        asked,
        trees.column,
        slot(trees.left),
        slot(trees.right),
        np.where(parent >= 0, parent - before, -1),
        np.where(twin >= 0, twin - before, -1),
        curve,
        curve[above],
    ]
    real = [
        np.where(trees.is_category, 0.0, trees.threshold),
        share,
        np.where(came_left, share[above], 1 - share[above]),
        np.where(came_left, 1.0, -1.0),
        np.where(twin_left, 1.0, 0.0),
    ]
    return Tables(
        trees=np.column_stack([sizes, points, starts]).astype(np.int64),
        whole=np.column_stack(whole).astype(np.int32),
        real=np.column_stack(real),
        leaves=trees.leaf_value,
        tau=tau,
        gain=gain,
        weights=weights,
        questions=questions,
        fill=fill,
        words=words,
    )


def _parents(trees: Trees) -> tuple[np.ndarray, np.ndarray]:
    """The node above each node (-1 for none), and whether the way from there leads left."""
    parent = np.full(len(trees.rows), -1)
    came_left = np.zeros(len(trees.rows), dtype=bool)
    for child, is_left in ((trees.left, True), (trees.right, False)):
        inner = np.flatnonzero(child >= 0)
        parent[child[inner]] = inner
        came_left[child[inner]] = is_left
    return parent, came_left


def _twins(
    trees: Trees, parent: np.ndarray, came_left: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The nearest node above that asks for the same column (-1), and whether it was left there."""
    twin, twin_left = np.full_like(parent, -1), np.zeros_like(came_left)
    above, is_left = parent, came_left
    while (above >= 0).any():
        found = (above >= 0) & (twin < 0) & (trees.column[above] == trees.column)
        twin[found], twin_left[found] = above[found], is_left[found]
        above, is_left = np.where(above >= 0, parent[above], -1), came_left[above]
    return twin, twin_left


def _points(trees: Trees, parent: np.ndarray, twin: np.ndarray) -> np.ndarray:
    """Of each tree, the points at which its polynomials are taken.

    On a way with so many different columns they are of a degree one lower; half as many points of
    Gauss and Legendre integrate them exactly.
    """
    if not len(parent):
        return np.zeros(0, dtype=np.int64)
    is_new = (twin < 0).astype(np.int64)
    different, above = is_new.copy(), parent
    while (above >= 0).any():
        different += np.where(above >= 0, is_new[above], 0)
        above = np.where(above >= 0, parent[above], -1)
    return (np.maximum.reduceat(different, trees.first[:-1]) + 1) // 2


def _kept(share: np.ndarray, twin: np.ndarray, twin_left: np.ndarray) -> np.ndarray:
    """The share of training rows that all nodes above on the same column let through to a node."""
    own = np.where(twin < 0, 1.0, np.where(twin_left, share[twin], 1 - share[twin]))
    kept, above = own.copy(), twin
    while (above >= 0).any():
        kept *= np.where(above >= 0, own[above], 1.0)
        above = np.where(above >= 0, twin[above], -1)
    return kept


def _gauss(points: int) -> tuple[np.ndarray, np.ndarray]:
    """Points between 0 and 1, and their weights."""
    at, weights = np.polynomial.legendre.leggauss(points)
    return (at + 1) / 2, weights / 2


def _weights(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the weights of each tree begin, and the weights."""
    kinds, which = np.unique(points, return_inverse=True)
    parts = [_gauss(int(kind))[1] for kind in kinds]
    starts = np.concatenate([[0], np.cumsum(kinds)])
    return starts[which], np.concatenate([*parts, np.zeros(0)])


def _curves(
    points: np.ndarray, twin: np.ndarray, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where the numbers of each node begin in the two arrays that follow, tau and gain."""
    curve, taus, gains, size = np.zeros_like(points), [], [], 0
    for kind in np.unique(points):
        at, _ = _gauss(int(kind))
        again = np.flatnonzero((points == kind) & (twin >= 0))
        # Nodes without a twin share the first row: all of their column was still open.
        through = at + (1 - at) * np.concatenate([[1.0], kept[again]])[:, None]
        taus.append((at / through).ravel())
        gains.append((np.concatenate([[1.0], kept[again]])[:, None] / through**2).ravel())
        curve[points == kind] = size
        curve[again] = size + kind * np.arange(1, len(again) + 1)
        size += kind * (len(again) + 1)
    return curve, np.concatenate([*taus, np.zeros(0)]), np.concatenate([*gains, np.zeros(0)])


def _questions(trees: Trees) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """What the nodes ask of a row, so that each node only has to compare: yes is "at most".

    Each distinct question is a column, whether zero is missing in it, and where its categories
    begin in the words and end. `fill` stands for a missing value: below every threshold where
    missing goes left, NaN (at most nothing) where it goes right, 0 where LightGBM takes it as 0.
    """
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
    questions = np.column_stack([trees.column, zero, begin, end])[first]
    words = np.concatenate([*trees.sets, np.zeros(0, dtype=np.uint32)])
    return asked, questions, fill[first], words
