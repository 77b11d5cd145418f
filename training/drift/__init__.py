"""Whether recent records still look like those that a model was trained on."""

from .reference import Reference
from .run import Drift, monitor

__all__ = ["Drift", "Reference", "monitor"]
