"""Scores for others: function, batch, HTTP."""

from typing import TYPE_CHECKING, Any

from .bundle import downloaded, load_bundle, save_bundle
from .files import KINDS, SCHEMA, read_scores, with_json_text, write_scores
from .reasons import Reason
from .safety import Safety, UnsafeService
from .scorer import RejectedRecord, Scored, Scorer
from .selection import QUEUE_SCHEMA, Capacity, Selection, SelectionError, queue_of, select
from .sentences import evidence_of, sentences

if TYPE_CHECKING:
    from .http import application

__all__ = [
    "KINDS",
    "QUEUE_SCHEMA",
    "SCHEMA",
    "Capacity",
    "Reason",
    "RejectedRecord",
    "Safety",
    "Scored",
    "Scorer",
    "Selection",
    "SelectionError",
    "UnsafeService",
    "application",
    "downloaded",
    "evidence_of",
    "load_bundle",
    "queue_of",
    "read_scores",
    "save_bundle",
    "select",
    "sentences",
    "with_json_text",
    "write_scores",
]


def __getattr__(name: str) -> Any:
    """The HTTP service comes when it is asked for: scoring must not need a web framework."""
    if name == "application":
        from .http import application

        return application
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
