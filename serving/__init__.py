"""Scores for others: function, batch, HTTP."""

from typing import TYPE_CHECKING, Any

from .bundle import downloaded, load_bundle, save_bundle
from .files import KINDS, NESTED, SCHEMA, read_scores, with_json_text, write_scores
from .ranking import MOST_REASONS
from .reasons import Reason
from .safety import Safety, UnsafeService
from .scorer import RejectedRecord, Scored, Scorer
from .selection import QUEUE_SCHEMA, Capacity, Selection, SelectionError, queue_of, select
from .sentences import Wording, evidence_of
from .shipments import SHIPMENT_SCHEMA, shipments_of

if TYPE_CHECKING:
    from .http import application

__all__ = [
    "KINDS",
    "MOST_REASONS",
    "NESTED",
    "QUEUE_SCHEMA",
    "SCHEMA",
    "SHIPMENT_SCHEMA",
    "Capacity",
    "Reason",
    "RejectedRecord",
    "Safety",
    "Scored",
    "Scorer",
    "Selection",
    "SelectionError",
    "UnsafeService",
    "Wording",
    "application",
    "downloaded",
    "evidence_of",
    "load_bundle",
    "queue_of",
    "read_scores",
    "save_bundle",
    "select",
    "shipments_of",
    "with_json_text",
    "write_scores",
]


def __getattr__(name: str) -> Any:
    """The HTTP service comes when it is asked for: scoring must not need a web framework."""
    if name == "application":
        from .http import application

        return application
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
