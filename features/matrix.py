"""Signals side by side: what a model is asked with."""

from collections.abc import Sequence

import numpy as np

from .block import Block


def signal_matrix(block: Block, names: Sequence[str]) -> np.ndarray:
    """The values of the named signals, float64, records × signals; NaN where missing."""
    block.work_out(tuple(names))
    matrix = np.empty((block.rows, len(names)))
    for position, name in enumerate(names):
        matrix[:, position] = block[name]
    return matrix
