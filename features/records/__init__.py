"""Records of shipments: read from files, mapped to our columns, typed, and faults named."""

from .alone import plain_record
from .keys import MappingError
from .lines import ReadError
from .listed import PARTIES, joined_names, split_names
from .mapping import Mapped, Mapping
from .outcomes import with_inspections
from .page import records_page
from .reading import Raw, read_table
from .records import Records, read_records
from .rejections import REJECTED_COLUMNS
from .schema import (
    DECLARATIONS,
    FINDINGS,
    INSPECTIONS,
    LISTED_PARTIES,
    REGISTER_COLUMNS,
    SELECTIONS,
    TRADE_STATISTICS,
    TRADERS,
    Column,
    Table,
)
from .validation import FAULT_COLUMNS, SchemaError, Validated, validated

__all__ = [
    "DECLARATIONS",
    "FAULT_COLUMNS",
    "FINDINGS",
    "INSPECTIONS",
    "LISTED_PARTIES",
    "PARTIES",
    "REGISTER_COLUMNS",
    "REJECTED_COLUMNS",
    "SELECTIONS",
    "TRADERS",
    "TRADE_STATISTICS",
    "Column",
    "Mapped",
    "Mapping",
    "MappingError",
    "Raw",
    "ReadError",
    "Records",
    "SchemaError",
    "Table",
    "Validated",
    "joined_names",
    "plain_record",
    "read_records",
    "read_table",
    "records_page",
    "split_names",
    "validated",
    "with_inspections",
]
