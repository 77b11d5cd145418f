"""Every score that was given can be shown again: an append-only record in a database."""

from .address import has_password
from .audit import MOST_WAITING, Audit
from .entry import Asked, AuditError, Circumstances, Entry, Given, entries_of
from .received import received_of
from .recorder import BatchRecorder, named_with
from .replaying import Recomputed, recomputed

__all__ = [
    "MOST_WAITING",
    "Asked",
    "Audit",
    "AuditError",
    "BatchRecorder",
    "Circumstances",
    "Entry",
    "Given",
    "Recomputed",
    "entries_of",
    "has_password",
    "named_with",
    "received_of",
    "recomputed",
]
