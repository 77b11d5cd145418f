"""Signals side by side: what a model is asked with."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .block import Block
from .history import History

# Records worked on at once: facts and totals of more would fill the memory.
ROWS_AT_ONCE = 20_000


def signal_matrix(block: Block, names: Sequence[str]) -> np.ndarray:
    """The values of the named signals, float64, records × signals; NaN where missing."""
    block.work_out(tuple(names))
    if block.rows == 1:
        return block.row(names)[None, :]
    return np.ascontiguousarray(np.array([block[name] for name in names]).T)


def signals_of(declarations: pd.DataFrame, history: History, names: Sequence[str]) -> np.ndarray:
    """The same for any number of validated declarations, a block at a time."""
    matrix = np.empty((len(declarations), len(names)))
    for start in range(0, len(declarations), ROWS_AT_ONCE):
        part = declarations.iloc[start : start + ROWS_AT_ONCE]
        matrix[start : start + len(part)] = signal_matrix(history.block(part), names)
    return matrix
