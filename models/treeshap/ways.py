"""What lies on the way from the top of a tree to each of its nodes."""

from typing import NamedTuple

import numpy as np

from .trees import Trees


class Ways(NamedTuple):
    """Of each node, by position among all nodes of all trees; -1 for none.

    parent: the node above; came_left: whether the way leads left there. twin: the nearest node
    above that asks for the same column; twin_left: likewise. kept: the share of training rows that
    all nodes above on this column let through. different: how many columns the way has asked for,
    the node's own among them.
    """

    parent: np.ndarray
    came_left: np.ndarray
    twin: np.ndarray
    twin_left: np.ndarray
    kept: np.ndarray
    different: np.ndarray


def ways_of(trees: Trees, share: np.ndarray) -> Ways:
    """The ways to all nodes, of which each sends a share of the training rows to its left."""
    parent, came_left = _parents(trees)
    twin, twin_left = _twins(trees, parent, came_left)
    way = np.where(twin_left, share[twin], 1 - share[twin])
    kept = np.where(twin < 0, 1.0, way)
    different = (twin < 0).astype(np.int64)
    return Ways(
        parent,
        came_left,
        twin,
        twin_left,
        _gathered(np.multiply, kept, twin),
        _gathered(np.add, different, parent),
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


def _gathered(combine: np.ufunc, own: np.ndarray, above: np.ndarray) -> np.ndarray:
    """Each node's own number combined with those of all nodes that are above it in turn."""
    every, at = own.copy(), above
    while (at >= 0).any():
        inner = at >= 0
        every[inner] = combine(every[inner], own[at[inner]])
        at = np.where(inner, above[at], -1)
    return every
