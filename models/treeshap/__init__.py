"""Exact TreeSHAP of a LightGBM booster, compiled."""

from .explainer import TreeShap
from .sweep import Sweep

__all__ = ["Sweep", "TreeShap"]
