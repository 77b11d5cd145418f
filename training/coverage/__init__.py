"""What estimates from selected inspections are worth: inspections drawn again and again."""

from .designs import DESIGNS, Design, selected
from .gaps import Gaps, gaps, without_chance
from .page import calibrations_text, fitting_text, posts_text, redraws_text
from .redraws import redrawn
from .worlds import Judgement, World

__all__ = [
    "DESIGNS",
    "Design",
    "Gaps",
    "Judgement",
    "World",
    "calibrations_text",
    "fitting_text",
    "gaps",
    "posts_text",
    "redrawn",
    "redraws_text",
    "selected",
    "without_chance",
]
