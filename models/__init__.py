"""What a trained model is: risk, exact contributions, plain files."""

from .calibration import rescaled
from .lanes import GREEN, RED, YELLOW, Lanes
from .mean import mean_of
from .risk_model import ModelError, RiskModel
from .treeshap import TreeShap

__all__ = [
    "GREEN",
    "RED",
    "YELLOW",
    "Lanes",
    "ModelError",
    "RiskModel",
    "TreeShap",
    "mean_of",
    "rescaled",
]
