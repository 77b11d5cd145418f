"""Scores for others: function, batch, HTTP."""

from typing import TYPE_CHECKING, Any

from .bundle import downloaded, load_bundle, save_bundle
from .files import KINDS, NESTED, SCHEMA, read_scores, with_json_text, write_scores
from .http.keys import Keys, UnsafeService
from .http.limits import Limits
from .ranking import MOST_REASONS
from .reasons import Reason
from .scorer import RejectedRecord, Scored, Scorer
from .selection import QUEUE_SCHEMA, Capacity, Selection, SelectionError, queue_of, select
from .sentences import Wording, evidence_of
from .shipments import SHIPMENT_SCHEMA, shipments_of

if TYPE_CHECKING:
    from .http.running import Origin, Pace, serve

__all__ = [
    "KINDS",
    "MOST_REASONS",
    "NESTED",
    "QUEUE_SCHEMA",
    "SCHEMA",
    "SHIPMENT_SCHEMA",
    "Capacity",
    "Keys",
    "Limits",
    "Origin",
    "Pace",
    "Reason",
    "RejectedRecord",
    "Scored",
    "Scorer",
    "Selection",
    "SelectionError",
    "UnsafeService",
    "Wording",
    "downloaded",
    "evidence_of",
    "load_bundle",
    "queue_of",
    "read_scores",
    "save_bundle",
    "select",
    "serve",
    "shipments_of",
    "with_json_text",
    "write_scores",
]


_OF_THE_SERVICE = ("Origin", "Pace", "serve")


def __getattr__(name: str) -> Any:
    """The HTTP service comes when it is asked for: scoring must not need a web framework."""
    if name in _OF_THE_SERVICE:
        from .http import running

        return getattr(running, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
