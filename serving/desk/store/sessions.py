"""Who is signed in. The browser holds a secret; the database only its digest."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select

from .clock import ago, now
from .tables import SESSIONS

# A session is noted as seen at most so often: each page would otherwise be a write.
_NOTED_EVERY_SECONDS = 60


@dataclass(frozen=True)
class Session:
    """Somebody signed in. token: what every form must hold, so that no other site can send one."""

    secret: str
    name: str
    token: str


@dataclass(frozen=True)
class Sessions:
    """The sessions that last. idle_minutes: without a request. most_hours: in all."""

    engine: Engine
    idle_minutes: float = 30
    most_hours: float = 12

    def begin(self, name: str) -> Session:
        """Sign somebody in; sessions that ended are forgotten."""
        session = Session(secrets.token_urlsafe(32), name, secrets.token_urlsafe(32))
        at = now()
        row = {"digest": _digest(session.secret), "name": name, "token": session.token}
        with self.engine.begin() as connection:
            connection.execute(SESSIONS.delete().where(~self._lasting()))
            connection.execute(SESSIONS.insert(), row | {"began_at": at, "seen_at": at})
        return session

    def find(self, secret: str) -> Session | None:
        """The session of a secret, if it lasts; it lasts on from now."""
        asked = select(SESSIONS).where(SESSIONS.c.digest == _digest(secret), self._lasting())
        with self.engine.connect() as connection:
            row = connection.execute(asked).mappings().one_or_none()
        if row is None:
            return None
        if row["seen_at"] < ago(seconds=_NOTED_EVERY_SECONDS):
            self._note(row["digest"])
        return Session(secret, row["name"], row["token"])

    def end(self, session: Session) -> None:
        """Sign out."""
        gone = SESSIONS.delete().where(SESSIONS.c.digest == _digest(session.secret))
        with self.engine.begin() as connection:
            connection.execute(gone)

    def end_all_of(self, name: str) -> None:
        """Sign somebody out wherever they are."""
        with self.engine.begin() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.name == name))

    def _note(self, digest: str) -> None:
        seen = SESSIONS.update().where(SESSIONS.c.digest == digest).values(seen_at=now())
        with self.engine.begin() as connection:
            connection.execute(seen)

    def _lasting(self) -> Any:
        return (SESSIONS.c.seen_at > ago(minutes=self.idle_minutes)) & (
            SESSIONS.c.began_at > ago(hours=self.most_hours)
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
