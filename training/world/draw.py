"""Random draws that the other files share, each from the generator of its own place and time."""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Generator = np.random.Generator


def stream(seed: int, *place: str | int) -> Generator:
    """The generator of one place in the world: who draws first or beside it changes nothing."""
    return np.random.default_rng([seed, *(_number(part) for part in place)])


def _number(part: str | int) -> int:
    return crc32(part.encode()) if isinstance(part, str) else part


def pick(rng: Generator, values: Sequence[Any] | Array, size: int, p: Any = None) -> Array:
    """Values drawn with replacement, with weights that need not sum to one."""
    values = np.asarray(values)
    weights = np.ones(len(values)) if p is None else np.asarray(p, dtype=float)
    edges = np.cumsum(weights) / weights.sum()
    return values[np.minimum(np.searchsorted(edges, rng.random(size), "right"), len(values) - 1)]


def chance(rng: Generator, share: float | Array, size: int) -> Array:
    """True with the given share, independently."""
    return rng.random(size) < share


def spread_evenly(rng: Generator, edges: Array, size: int) -> Array:
    """Indices in proportion to weights with little luck (systematic), in mixed order.

    `edges` are the running totals of the weights, beginning with the first weight.
    """
    marks = (np.arange(size) + rng.random()) / max(size, 1) * edges[-1]
    drawn = np.searchsorted(edges, marks, "right")
    return rng.permutation(np.minimum(drawn, len(edges) - 1))


def within_group(rng: Generator, groups: Array, members: Array, weights: Array) -> Array:
    """For each asked group one of its members, by weight; `members` holds each member's group."""
    order = np.argsort(members, kind="stable")
    edges = np.concatenate([[0.0], np.cumsum(weights[order])])
    first = np.searchsorted(members[order], groups, "left")
    last = np.searchsorted(members[order], groups, "right")
    marks = edges[first] + rng.random(len(groups)) * (edges[last] - edges[first])
    return order[np.clip(np.searchsorted(edges, marks, "right") - 1, first, last - 1)]


def scattered(numbers: Array, size: int) -> Array:
    """Numbers below `size` (prime to 387,411) in an order that says nothing, one to one."""
    return (np.asarray(numbers, dtype=np.int64) * 387_411 + 51_937) % size
