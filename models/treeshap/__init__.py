"""Exact TreeSHAP of a LightGBM booster, compiled."""

from .explainer import TreeShap

__all__ = ["TreeShap"]
