"""Training from a table of signals that was worked out elsewhere."""

from .cluster import ClusterFit, on_cluster
from .layout import SIGNAL_TABLE
from .reading import read_signals
from .table import SignalTable

__all__ = ["SIGNAL_TABLE", "ClusterFit", "SignalTable", "on_cluster", "read_signals"]
