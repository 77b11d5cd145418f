"""How much each signal moved the raw score of each row, exactly."""

from concurrent.futures import ThreadPoolExecutor

import lightgbm as lgb
import numpy as np
from numba import config

from .tables import tables_of
from .trees import read_trees
from .walk import walk

# Rows that a thread takes at a time; fewer rows are not worth a second thread.
_CHUNK = 512


class TreeShap:
    """Path-dependent SHAP values of a booster, as `predict(pred_contrib=True)` gives them.

    ValueError for boosters of which that is not defined here: several classes, linear leaves, or
    nodes whose numbers of training rows do not add up.
    """

    def __init__(self, booster: lgb.Booster) -> None:
        trees = read_trees(booster)
        self.columns = trees.columns
        self.base = trees.base
        self._tables = tables_of(trees)

    @property
    def nbytes(self) -> int:
        """The memory of what was worked out beforehand, in bytes."""
        return sum(table.nbytes for table in self._tables)

    def contributions(self, matrix: np.ndarray, threads: int | None = None) -> np.ndarray:
        """SHAP values in raw score: rows × (columns + 1), the base last.

        The same for any number of threads (default: one per core), and for a row alone or among
        others.
        """
        # A matrix that may not be written to would be another type, and be compiled for anew.
        rows = np.require(matrix, np.float64, ["C", "A", "W"])
        if rows.ndim != 2 or rows.shape[1] != self.columns:
            raise ValueError(
                f"the matrix is of shape {rows.shape}; the booster reads {self.columns} columns"
            )
        moved = np.zeros((len(rows), self.columns + 1))
        moved[:, -1] = self.base
        starts = range(0, len(rows), _CHUNK)
        cores = config.NUMBA_NUM_THREADS  # type: ignore[attr-defined]
        threads = min(threads or cores, len(starts))
        if threads <= 1:
            walk(rows, moved, *self._tables)
            return moved
        with ThreadPoolExecutor(threads) as pool:
            parts = ((rows[at : at + _CHUNK], moved[at : at + _CHUNK]) for at in starts)
            for done in [pool.submit(walk, *part, *self._tables) for part in parts]:
                done.result()
        return moved
