"""From a challenger to the model in use, or a refusal with the reason; and back."""

from ..changes import Change, Recorded, history
from ..registry import CHALLENGER, CHAMPION, Registry
from .comparison import Comparison, Sides, compare
from .gates import GATES, Limits, Verdict, verdicts
from .promote import Decision, Refused, promote, promote_uncompared, rollback
from .report import as_page, kept

__all__ = [
    "CHALLENGER",
    "CHAMPION",
    "GATES",
    "Change",
    "Comparison",
    "Decision",
    "Limits",
    "Recorded",
    "Refused",
    "Registry",
    "Sides",
    "Verdict",
    "as_page",
    "compare",
    "history",
    "kept",
    "promote",
    "promote_uncompared",
    "rollback",
    "verdicts",
]
