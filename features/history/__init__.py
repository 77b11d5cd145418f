"""What is remembered of the past, and looked up strictly before a record's day."""

from .history import History
from .store import HistoryError, save_history
from .totals_table import TotalsTable, load_history, save_as_table

__all__ = [
    "History",
    "HistoryError",
    "TotalsTable",
    "load_history",
    "save_as_table",
    "save_history",
]
