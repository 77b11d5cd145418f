"""Choosing what to inspect: the riskiest, a random part, and with which probability each."""

from .capacity import Capacity, SelectionError
from .queue import QUEUE_SCHEMA, queue_of
from .select import Selection, select

__all__ = ["QUEUE_SCHEMA", "Capacity", "Selection", "SelectionError", "queue_of", "select"]
