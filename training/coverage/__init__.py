"""What estimates from selected inspections are worth: inspections drawn again and again."""

from .designs import DESIGNS, Design, selected
from .page import study_text
from .redraws import redrawn
from .worlds import Judgement, World

__all__ = ["DESIGNS", "Design", "Judgement", "World", "redrawn", "selected", "study_text"]
