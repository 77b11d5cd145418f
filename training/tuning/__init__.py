"""Settings tuned forward in time, with Optuna; resumed where they were left."""

from .run import PRICE, tune
from .study import Best, Limits

__all__ = ["PRICE", "Best", "Limits", "tune"]
