"""The audit record: what was answered goes in, and can be read again; nothing ever goes out."""

import atexit
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from .address import engine_at, missing_file, place_of
from .entry import AuditError, Circumstances, Entry, Given
from .rows import given_of, row_of
from .schema import lasting
from .tables import CIRCUMSTANCES, SCHEMA, SCORES
from .writer import FaultyEntries, Writer

# Entries taken and not yet written: what the faster mode loses at most when its process is killed.
MOST_WAITING = 10_000

_ASKED_AT_ONCE = 500


class Audit:
    """Scores given, in a database. Made by `Audit.open`; used by any number of threads."""

    def __init__(self, engine: Engine, durable: bool, most_waiting: int) -> None:
        self.place, self.durable = place_of(engine.url), durable
        self._engine = engine
        self._known: set[str] = set()
        self._writer = Writer(self._write, most_waiting)
        atexit.register(self.close)  # a program that ends in its own time loses nothing

    @classmethod
    def open(cls, url: str, durable: bool, most_waiting: int = MOST_WAITING) -> Self:
        """The record at an address, made there if there is none.

        durable: a recorded score is on disk when its future ends. AuditError where it cannot be
        used: no such database, no right to it, or tables of another version.
        """
        return cls._prepared(engine_at(url, durable), SCHEMA.make_ready, durable, most_waiting)

    @classmethod
    def reading(cls, url: str) -> Self:
        """The record at an address, to look at; AuditError where there is none."""
        engine = engine_at(url, durable=True)
        if missing_file(engine.url):
            raise AuditError(f"{place_of(engine.url)}: there is no such file")
        return cls._prepared(engine, SCHEMA.check, True, MOST_WAITING)

    @classmethod
    def _prepared(
        cls,
        engine: Engine,
        prepare: Callable[[Connection], None],
        durable: bool,
        most_waiting: int,
    ) -> Self:
        try:
            with engine.begin() as connection:
                prepare(connection)
        except SQLAlchemyError as error:
            raise AuditError(f"{place_of(engine.url)} cannot be used: {_said(error)}") from None
        return cls(engine, durable, most_waiting)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def record(self, entries: Sequence[Entry]) -> Future[None]:
        """Record scores, off the caller's path.

        durable: the future ends when all of them are on disk, or with an AuditError that says why
        they are not. Otherwise it has ended at once, and what could not be written is counted in
        `lost` and logged.
        """
        written = self._writer.take(entries)
        if self.durable:
            return written
        accepted: Future[None] = Future()
        accepted.set_result(None)
        return accepted

    @property
    def lost(self) -> int:
        """How many scores could not be recorded since this was opened."""
        return self._writer.lost

    @property
    def waiting(self) -> int:
        """How many scores were taken and are not yet written."""
        return self._writer.waiting

    @property
    def trouble(self) -> str | None:
        """Why the last writing failed; None where it did not."""
        return self._writer.trouble

    def check(self) -> None:
        """AuditError where the database cannot be reached, or holds no record of this version."""
        with self._telling("reached"), self._engine.connect() as connection:
            SCHEMA.check(connection)

    def given(self, score_id: str) -> Given:
        """A score as it was given; AuditError where there is none of this id."""
        found = self.all_given([score_id])
        if not found:
            raise AuditError(f"{score_id}: no score of this id in {self.place}")
        return found[score_id]

    def all_given(self, score_ids: Collection[str]) -> dict[str, Given]:
        """Those of the scores that are on record, as they were given, by id."""
        asked = (
            select(SCORES, CIRCUMSTANCES.c.told)
            .join_from(SCORES, CIRCUMSTANCES, SCORES.c.circumstances == CIRCUMSTANCES.c.digest)
            .where(SCORES.c.score_id.in_(score_ids))
        )
        with self._telling("read"), self._engine.connect() as connection:
            rows = connection.execute(asked).mappings().all()
        found = (given_of({str(name): value for name, value in row.items()}) for row in rows)
        return {given.score_id: given for given in found}

    def place_of(self, given: Given) -> tuple[int, int]:
        """The place of a score among the shipments of its day, the riskiest first, of how many.

        A shipment takes its riskiest score on record of the model that gave this one. The lower
        of the risks with and without owner nationality counts.
        """
        of_day = (
            select(func.max(SCORES.c.sure_risk).label("risk"))
            .where(
                SCORES.c.day == given.day,
                SCORES.c.model_version == given.circumstances.model_version,
            )
            .group_by(SCORES.c.declaration_id)
            .subquery()
        )
        riskier = func.count().filter(of_day.c.risk > given.sure_risk)
        with self._telling("read"), self._engine.connect() as connection:
            before, of = connection.execute(select(riskier, func.count()).select_from(of_day)).one()
        return int(before) + 1, int(of)

    def recorded(self, score_ids: Iterable[str]) -> set[str]:
        """Those of the ids that are on record."""
        every = list(score_ids)
        parts = (every[at : at + _ASKED_AT_ONCE] for at in range(0, len(every), _ASKED_AT_ONCE))
        with self._telling("read"), self._engine.connect() as connection:
            asked = (select(SCORES.c.score_id).where(SCORES.c.score_id.in_(x)) for x in parts)
            return {found for one in asked for found in connection.scalars(one)}

    def close(self) -> None:
        """Write what waits, then let go of the database."""
        atexit.unregister(self.close)
        self._writer.close()
        self._engine.dispose()

    def _write(self, entries: Sequence[Entry]) -> None:
        rows = [row_of(entry) for entry in entries]
        met = {entry.circumstances.digest: entry.circumstances for entry in entries}
        further = [met[digest] for digest in met.keys() - self._known]
        with self._telling("written"), self._engine.begin() as connection:
            if further:
                lasting(connection)
                connection.execute(self._unless_there(), [_circumstances(one) for one in further])
            connection.execute(SCORES.insert(), rows)
        self._known.update(one.digest for one in further)

    def _unless_there(self) -> postgresql.Insert | sqlite.Insert:
        """An insertion of circumstances that another process may have met before."""
        kind = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        return kind.insert(CIRCUMSTANCES).on_conflict_do_nothing()

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        """Errors of the database as ours, without statements and their values."""
        try:
            yield
        except (DataError, IntegrityError) as error:
            raise FaultyEntries(f"{self.place} cannot be {what}: {_said(error)}") from None
        except SQLAlchemyError as error:
            raise AuditError(f"{self.place} cannot be {what}: {_said(error)}") from None


def _circumstances(one: Circumstances) -> dict[str, str]:
    return {"digest": one.digest, "told": one.text}


def _said(error: SQLAlchemyError) -> str:
    """What the database said, in one line."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(said).split())
