"""Months of a simulated world lived again: select, wait for outcomes, learn; ways to select."""

from .page import write_replay
from .run import Replayed, compare_strategies
from .strategies import STRATEGIES, Strategy

__all__ = ["STRATEGIES", "Replayed", "Strategy", "compare_strategies", "write_replay"]
