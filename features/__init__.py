"""What is known of a shipment: records, what the past says of them, and one function per signal."""

from .block import Block
from .catalogue import NODES, SIGNALS, columns_behind
from .declare import FAMILIES, Signal
from .fingerprint import fingerprint
from .history import History, HistoryError, load_history, save_history
from .lists import listed_since, priority_list_version, tier
from .matrix import signal_matrix
from .records import (
    DECLARATIONS,
    INSPECTIONS,
    LISTED_PARTIES,
    TRADERS,
    Column,
    Mapping,
    MappingError,
    ReadError,
    Records,
    SchemaError,
    Validated,
    read_records,
    records_page,
    validated,
)
from .signals_page import signals_page
from .trailing import Trailing
from .typologies import TYPOLOGIES

__all__ = [
    "DECLARATIONS",
    "FAMILIES",
    "INSPECTIONS",
    "LISTED_PARTIES",
    "NODES",
    "SIGNALS",
    "TRADERS",
    "TYPOLOGIES",
    "Block",
    "Column",
    "History",
    "HistoryError",
    "Mapping",
    "MappingError",
    "ReadError",
    "Records",
    "SchemaError",
    "Signal",
    "Trailing",
    "Validated",
    "columns_behind",
    "fingerprint",
    "listed_since",
    "load_history",
    "priority_list_version",
    "read_records",
    "records_page",
    "save_history",
    "signal_matrix",
    "signals_page",
    "tier",
    "validated",
]
