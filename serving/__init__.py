"""Scores for others: function, batch, HTTP."""

from .bundle import load_bundle, save_bundle
from .files import KINDS, SCHEMA, with_json_text, write_scores
from .reasons import Reason
from .safety import Safety, UnsafeService
from .scorer import RejectedRecord, Scored, Scorer
from .sentences import evidence_of, sentences

__all__ = [
    "KINDS",
    "SCHEMA",
    "Reason",
    "RejectedRecord",
    "Safety",
    "Scored",
    "Scorer",
    "UnsafeService",
    "evidence_of",
    "load_bundle",
    "save_bundle",
    "sentences",
    "with_json_text",
    "write_scores",
]
