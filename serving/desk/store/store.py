"""The desk's part of the database that scores are recorded in."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from ...audit import Audit, AuditError
from ...audit.address import engine_at, place_of
from ...audit.tables import SCHEMA as SCORES_SCHEMA
from .accounts import Accounts
from .lists import Lists
from .outcomes import Outcomes
from .queue import Queue
from .sessions import Sessions
from .tables import SCHEMA
from .trail import Trail


@dataclass(frozen=True)
class Store:
    """All that the desk reads and writes. Used by any number of threads."""

    place: str
    audit: Audit
    accounts: Accounts
    sessions: Sessions
    trail: Trail
    lists: Lists
    outcomes: Outcomes
    queue: Queue

    @classmethod
    def open(cls, url: str, idle_minutes: float = 30) -> Self:
        """The desk of an audit record, made there if there is none; AuditError where it cannot."""
        engine = engine_at(url, durable=True)
        place = place_of(engine.url)
        try:
            for schema in (SCORES_SCHEMA, SCHEMA):
                with engine.begin() as connection:
                    schema.make_ready(connection)
        except SQLAlchemyError as error:
            raise AuditError(f"{place} cannot be used: {type(error).__name__}") from None
        return cls(
            place,
            Audit.reading(url),
            Accounts(engine),
            Sessions(engine, idle_minutes),
            Trail(engine),
            Lists(engine),
            Outcomes(engine),
            Queue(engine),
        )
