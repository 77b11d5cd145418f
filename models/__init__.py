"""What a trained model is: risk, exact contributions, plain files."""

from .calibration import rescaled
from .lanes import GREEN, RED, YELLOW, Lanes
from .risk_model import ModelError, RiskModel
from .treeshap import TreeShap

__all__ = ["GREEN", "RED", "YELLOW", "Lanes", "ModelError", "RiskModel", "TreeShap", "rescaled"]
