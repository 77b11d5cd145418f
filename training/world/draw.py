"""Random draws that the other files share; all take the world's one generator."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Generator = np.random.Generator


def pick(rng: Generator, values: Sequence[Any] | Array, size: int, p: Any = None) -> Array:
    """Values drawn with replacement, with weights that need not sum to one."""
    values = np.asarray(values)
    weights = np.ones(len(values)) if p is None else np.asarray(p, dtype=float)
    edges = np.cumsum(weights) / weights.sum()
    return values[np.minimum(np.searchsorted(edges, rng.random(size), "right"), len(values) - 1)]


def chance(rng: Generator, share: float | Array, size: int) -> Array:
    """True with the given share, independently."""
    return rng.random(size) < share


def kept(values: Any, mask: Any) -> Array:
    """The values where the mask is true, None elsewhere."""
    result = np.array(values, dtype=object)
    result[~np.asarray(mask)] = None
    return result


def spread_evenly(rng: Generator, weights: Array, size: int) -> Array:
    """Indices in proportion to their weights with little luck (systematic), in mixed order."""
    edges = np.cumsum(weights)
    marks = (np.arange(size) + rng.random()) / size * edges[-1]
    drawn = np.searchsorted(edges, marks, "right")
    return rng.permutation(np.minimum(drawn, len(weights) - 1))


def within_group(rng: Generator, groups: Array, members: Array, weights: Array) -> Array:
    """For each asked group one of its members, by weight; `members` holds each member's group."""
    order = np.argsort(members, kind="stable")
    edges = np.concatenate([[0.0], np.cumsum(weights[order])])
    first = np.searchsorted(members[order], groups, "left")
    last = np.searchsorted(members[order], groups, "right")
    marks = edges[first] + rng.random(len(groups)) * (edges[last] - edges[first])
    return order[np.clip(np.searchsorted(edges, marks, "right") - 1, first, last - 1)]
