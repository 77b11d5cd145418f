"""Records of shipments: read from files, mapped to our columns, typed, and faults named."""

from .alone import plain_record
from .kept import Kept
from .keys import MappingError
from .lines import ReadError
from .listed import PARTIES, joined_names, split_names
from .mapping import Mapped, Mapping
from .outcomes import with_inspections
from .page import records_page
from .records import Records, read_beside, read_records, records_in_blocks
from .rejected import Rejected
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
    "Kept",
    "Mapped",
    "Mapping",
    "MappingError",
    "ReadError",
    "Records",
    "Rejected",
    "SchemaError",
    "Table",
    "Validated",
    "joined_names",
    "plain_record",
    "read_beside",
    "read_records",
    "records_in_blocks",
    "records_page",
    "split_names",
    "validated",
    "with_inspections",
]
