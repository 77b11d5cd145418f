"""Selectors side by side over the months of a simulated world, whose truth is known."""

from .folds import Fold, folds
from .report import write_report
from .run import Outcome, benchmark
from .selectors import SELECTORS

__all__ = ["SELECTORS", "Fold", "Outcome", "benchmark", "folds", "write_report"]
