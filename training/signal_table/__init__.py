"""Training from a table of signals that was worked out elsewhere."""

from .layout import SIGNAL_TABLE
from .reading import read_signals
from .table import SignalTable

__all__ = ["SIGNAL_TABLE", "SignalTable", "read_signals"]
