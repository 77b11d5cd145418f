"""What a trained model is: risk, exact contributions, plain files."""

from .calibration import rescaled
from .cases import Cases
from .lanes import GREEN, RED, YELLOW, Lanes
from .mean import mean_of
from .risk_model import ModelError, RiskModel
from .treeshap import Sweep, TreeShap

__all__ = [
    "GREEN",
    "RED",
    "YELLOW",
    "Cases",
    "Lanes",
    "ModelError",
    "RiskModel",
    "Sweep",
    "TreeShap",
    "mean_of",
    "rescaled",
]
