"""Scores for others: function, batch, HTTP, and the record of what was answered."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .batch import ROWS_A_PART, Batch, OtherRun, Parts, Written, score_into
from .bundle import HISTORY, directory_of, downloaded, load_bundle, save_bundle
from .files import KINDS, NESTED, SCHEMA, read_scores, with_json_text, write_scores
from .http.keys import Keys, UnsafeService
from .http.limits import Limits
from .ranking import MOST_REASONS
from .reasons import Reason
from .scorer import RejectedRecord, Scored, Scorer
from .selection import QUEUE_SCHEMA, Capacity, Selection, SelectionError, queue_of, select
from .sentences import Wording, evidence_of
from .shipments import OF_SHIPMENTS, SHIPMENT_SCHEMA, shipments_of

if TYPE_CHECKING:
    from .audit import (
        Audit,
        AuditError,
        BatchRecorder,
        Circumstances,
        Given,
        Recomputed,
        has_password,
        named_with,
        recomputed,
    )
    from .desk import (
        ROLES,
        DeskError,
        DeskSettings,
        Proxy,
        Shipment,
        Store,
        inspections_of,
        print_pdf,
        report_page,
    )
    from .http.running import Desk, Origin, Pace, serve
    from .spark import Scores, score_on_spark
    from .words import LANGUAGES, Words

__all__ = [
    "HISTORY",
    "KINDS",
    "LANGUAGES",
    "MOST_REASONS",
    "NESTED",
    "OF_SHIPMENTS",
    "QUEUE_SCHEMA",
    "ROLES",
    "ROWS_A_PART",
    "SCHEMA",
    "SHIPMENT_SCHEMA",
    "Audit",
    "AuditError",
    "Batch",
    "BatchRecorder",
    "Capacity",
    "Circumstances",
    "Desk",
    "DeskError",
    "DeskSettings",
    "Given",
    "Keys",
    "Limits",
    "Origin",
    "OtherRun",
    "Pace",
    "Parts",
    "Proxy",
    "Reason",
    "Recomputed",
    "RejectedRecord",
    "Scored",
    "Scorer",
    "Scores",
    "Selection",
    "SelectionError",
    "Shipment",
    "Store",
    "UnsafeService",
    "Wording",
    "Words",
    "Written",
    "directory_of",
    "downloaded",
    "evidence_of",
    "has_password",
    "inspections_of",
    "load_bundle",
    "named_with",
    "print_pdf",
    "queue_of",
    "read_scores",
    "recomputed",
    "report_page",
    "save_bundle",
    "score_into",
    "score_on_spark",
    "select",
    "serve",
    "shipments_of",
    "with_json_text",
    "write_scores",
]


# What loads a web framework, a database's library or Spark comes when it is asked for: scoring
# needs none of them.
_LATER = {
    "Audit": "audit",
    "AuditError": "audit",
    "BatchRecorder": "audit",
    "Circumstances": "audit",
    "Given": "audit",
    "Recomputed": "audit",
    "Origin": "http.running",
    "Pace": "http.running",
    "Desk": "http.running",
    "DeskError": "desk",
    "ROLES": "desk",
    "DeskSettings": "desk",
    "Proxy": "desk",
    "Shipment": "desk",
    "Store": "desk",
    "inspections_of": "desk",
    "print_pdf": "desk",
    "report_page": "desk",
    "serve": "http.running",
    "LANGUAGES": "words",
    "Words": "words",
    "has_password": "audit",
    "named_with": "audit",
    "recomputed": "audit",
    "Scores": "spark",
    "score_on_spark": "spark",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
