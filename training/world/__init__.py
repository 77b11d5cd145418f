"""A simulated customs world: honest trade, four ways to divert goods, and what inspection sees."""

from .evasion import HSChange, Misdeclared, Rerouting, ShellSurge, Typology, usual_typologies
from .simulate import simulate

__all__ = [
    "HSChange",
    "Misdeclared",
    "Rerouting",
    "ShellSurge",
    "Typology",
    "simulate",
    "usual_typologies",
]
