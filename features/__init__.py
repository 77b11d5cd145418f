"""What is known of a shipment: records, what the past says of them, and one function per signal."""

from .block import Block
from .catalogue import NODES, SIGNALS, columns_behind
from .columns import repeated
from .declare import FAMILIES, Signal
from .documents import DOCUMENTS
from .fingerprint import fingerprint
from .history import History, HistoryError, load_history, save_history
from .lists import (
    changed_lists,
    heading_listed_since,
    in_force,
    list_versions,
    listed_since,
    tier,
)
from .matrix import ROWS_AT_ONCE, signal_matrix, signals_of
from .one_record import checked_record
from .records import (
    DECLARATIONS,
    FINDINGS,
    INSPECTIONS,
    LISTED_PARTIES,
    SELECTIONS,
    TRADE_STATISTICS,
    TRADERS,
    Column,
    Kept,
    Mapping,
    MappingError,
    ReadError,
    Records,
    Rejected,
    SchemaError,
    Validated,
    read_records,
    records_in_blocks,
    records_page,
    validated,
    with_inspections,
)
from .red_flags import RED_FLAGS, SOURCES
from .signals_page import signals_page
from .trailing import Trailing
from .typologies import TYPOLOGIES
from .values import known, missing, not_so, plain

__all__ = [
    "DECLARATIONS",
    "DOCUMENTS",
    "FAMILIES",
    "FINDINGS",
    "INSPECTIONS",
    "LISTED_PARTIES",
    "NODES",
    "RED_FLAGS",
    "ROWS_AT_ONCE",
    "SELECTIONS",
    "SIGNALS",
    "SOURCES",
    "TRADERS",
    "TRADE_STATISTICS",
    "TYPOLOGIES",
    "Block",
    "Column",
    "History",
    "HistoryError",
    "Kept",
    "Mapping",
    "MappingError",
    "ReadError",
    "Records",
    "Rejected",
    "SchemaError",
    "Signal",
    "Trailing",
    "Validated",
    "changed_lists",
    "checked_record",
    "columns_behind",
    "fingerprint",
    "heading_listed_since",
    "in_force",
    "known",
    "list_versions",
    "listed_since",
    "load_history",
    "missing",
    "not_so",
    "plain",
    "read_records",
    "records_in_blocks",
    "records_page",
    "repeated",
    "save_history",
    "signal_matrix",
    "signals_of",
    "signals_page",
    "tier",
    "validated",
    "with_inspections",
]
