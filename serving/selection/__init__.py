"""Choosing what to inspect: the riskiest, a random part, and with which probability each."""

from .capacity import Capacity, SelectionError
from .choosing import Selection, select
from .queue import QUEUE_SCHEMA, queue_of

__all__ = ["QUEUE_SCHEMA", "Capacity", "Selection", "SelectionError", "queue_of", "select"]
