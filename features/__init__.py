"""What is known of a shipment: records, what the past says of them, and one function per signal."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .block import Block
from .catalogue import NODES, SIGNALS, columns_behind
from .columns import repeated
from .declare import FAMILIES, Signal
from .documents import DOCUMENTS
from .fingerprint import fingerprint
from .history import (
    History,
    HistoryError,
    TotalsTable,
    load_history,
    save_as_table,
    save_history,
)
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
    read_beside,
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

if TYPE_CHECKING:
    from .spark import SparkRecords, joined, ranges_for

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
    "SparkRecords",
    "TotalsTable",
    "Trailing",
    "Validated",
    "changed_lists",
    "checked_record",
    "columns_behind",
    "fingerprint",
    "heading_listed_since",
    "in_force",
    "joined",
    "known",
    "list_versions",
    "listed_since",
    "load_history",
    "missing",
    "not_so",
    "plain",
    "ranges_for",
    "read_beside",
    "read_records",
    "records_in_blocks",
    "records_page",
    "repeated",
    "save_as_table",
    "save_history",
    "signal_matrix",
    "signals_of",
    "signals_page",
    "tier",
    "validated",
    "with_inspections",
]


# What loads pyspark comes when it is asked for: it is an extra, and one machine needs none of it.
_LATER = {"SparkRecords": "spark", "joined": "spark", "ranges_for": "spark"}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
