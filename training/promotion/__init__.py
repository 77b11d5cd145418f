"""From a challenger to the model in use, or a refusal with the reason; and back."""

from .comparison import Comparison, Sides, compare
from .gates import GATES, Gate, Limits, Verdict, verdicts
from .promote import Decision, Refused, promote, promote_uncompared, rollback
from .report import as_page, keep_comparison

__all__ = [
    "GATES",
    "Comparison",
    "Decision",
    "Gate",
    "Limits",
    "Refused",
    "Sides",
    "Verdict",
    "as_page",
    "compare",
    "keep_comparison",
    "promote",
    "promote_uncompared",
    "rollback",
    "verdicts",
]
