"""What each family of signals is worth: models with it, without it and of it alone."""

from .families import around, each_alone
from .figures import Recalls
from .page import ablation_text
from .run import ablated
from .worlds import OUTCOMES, TRUTH, Taught, taught

__all__ = [
    "OUTCOMES",
    "TRUTH",
    "Recalls",
    "Taught",
    "ablated",
    "ablation_text",
    "around",
    "each_alone",
    "taught",
]
