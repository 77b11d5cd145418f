"""What estimates from selected inspections are worth: inspections drawn again and again."""

from .designs import DESIGNS, Design, selected
from .page import calibrations_text, fitting_text, posts_text, redraws_text
from .redraws import redrawn
from .worlds import Judgement, World

__all__ = [
    "DESIGNS",
    "Design",
    "Judgement",
    "World",
    "calibrations_text",
    "fitting_text",
    "posts_text",
    "redrawn",
    "redraws_text",
    "selected",
]
