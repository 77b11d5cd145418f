"""What is remembered of the past, and looked up strictly before a record's day."""

from .history import History
from .store import HistoryError, load_history, save_history

__all__ = ["History", "HistoryError", "load_history", "save_history"]
