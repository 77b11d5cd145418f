"""Choosing what to inspect: the riskiest, a random part, and with which probability each."""

from .capacity import Capacity, SelectionError
from .choosing import Selection, chances_by_route, select
from .queue import QUEUE_SCHEMA, queue_of

__all__ = [
    "QUEUE_SCHEMA",
    "Capacity",
    "Selection",
    "SelectionError",
    "chances_by_route",
    "queue_of",
    "select",
]
