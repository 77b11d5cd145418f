"""The score that a visit is about."""

from ...audit import AuditError, Given
from ..store import Store
from .visit import Refused, Visit


def score_of(visit: Visit, store: Store) -> Given:
    """The score that the address names; Refused where there is none."""
    try:
        return store.audit.given(visit.path("score_id"))
    except AuditError:
        raise Refused(404, "refused.score") from None
