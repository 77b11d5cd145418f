"""What the walk over the trees reads, worked out once per booster (see `walk.py` for its use)."""

from typing import NamedTuple

import numpy as np

from .questions import questions_of
from .trees import Trees
from .ways import Ways, ways_of


class Tables(NamedTuple):
    """Arrays in the order in which `walk` takes them.

    trees: of each tree its nodes, points, and place in `weights`. whole, real: of each node what
    the names in `walk.py` say. tau, gain: of each point, how much further a condition holds, and
    what a contribution weighs. questions, fill, words: see `questions.py`.
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
    share = trees.rows_at(trees.left) / trees.rows
    ways, questions = ways_of(trees, share), questions_of(trees)
    sizes, points = np.diff(trees.first), _points(trees, ways)
    before, of_node = np.repeat(trees.first[:-1], sizes), np.repeat(points, sizes)
    curve, tau, gain = _curves(of_node, ways)
    starts, weights = _weights(points)
    above = np.maximum(ways.parent, 0)
    whole = [
        questions.asked,
        trees.column,
        _slots(trees, trees.left, of_node),
        _slots(trees, trees.right, of_node),
        np.where(ways.parent >= 0, ways.parent - before, -1),
        np.where(ways.twin >= 0, ways.twin - before, -1),
        curve,
        curve[above],
    ]
    real = [
        np.where(trees.is_category, 0.0, trees.threshold),
        share,
        np.where(ways.came_left, share[above], 1 - share[above]),
        np.where(ways.came_left, 1.0, -1.0),
        np.where(ways.twin_left, 1.0, 0.0),
    ]
    return Tables(
        np.column_stack([sizes, points, starts]).astype(np.int64),
        np.column_stack(whole).astype(np.int32),
        np.column_stack(real),
        trees.leaf_value,
        tau,
        gain,
        weights,
        questions.asked_of,
        questions.fill,
        questions.words,
    )


def _slots(trees: Trees, child: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Where the walk keeps what is below each child: nodes first, then leaves, by point."""
    sizes = np.diff(trees.first)
    nodes, leaves = np.repeat(trees.first[:-1], sizes), np.repeat(trees.leaf_first[:-1], sizes)
    local = np.where(child >= 0, child - nodes, np.repeat(sizes, sizes) + ~child - leaves)
    return local * points


def _points(trees: Trees, ways: Ways) -> np.ndarray:
    """Of each tree, the points at which its polynomials are taken.

    On a way with so many different columns they are of a degree one lower; half as many points of
    Gauss and Legendre integrate them exactly.
    """
    if not len(ways.different):
        return np.zeros(0, dtype=np.int64)
    return (np.maximum.reduceat(ways.different, trees.first[:-1]) + 1) // 2


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


def _curves(points: np.ndarray, ways: Ways) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where the numbers of each node begin in the two arrays that follow, tau and gain."""
    curve, taus, gains, size = np.zeros_like(points), [np.zeros(0)], [np.zeros(0)], 0
    for kind in np.unique(points):
        at, _ = _gauss(int(kind))
        again = np.flatnonzero((points == kind) & (ways.twin >= 0))
        # Nodes without a twin share the first row: all of their column is still open.
        kept = np.concatenate([[1.0], ways.kept[again]])[:, None]
        through = at + (1 - at) * kept
        taus.append((at / through).ravel())
        gains.append((kept / through**2).ravel())
        curve[points == kind] = size
        curve[again] = size + kind * np.arange(1, len(again) + 1)
        size += kind * (len(again) + 1)
    return curve, np.concatenate(taus), np.concatenate(gains)
