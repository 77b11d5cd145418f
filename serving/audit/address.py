"""Where the audit record is kept: a SQLite file or a PostgreSQL database, by its URL."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from .entry import AuditError

# Seconds to wait for another writer of the same file, and for a server to answer.
_BUSY, _CONNECT, _STATEMENT = 30, 10, 60


def engine_at(address: str, durable: bool) -> Engine:
    """An engine whose commits are on disk when they return, or soon after if not durable.

    AuditError for an address that is none; no message holds a password.
    """
    url = _checked(address)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY})
        settings = [
            "PRAGMA journal_mode = WAL",
            f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}",
        ]
    else:
        waiting = {"connect_timeout": _CONNECT}
        engine = create_engine(url, hide_parameters=True, connect_args=waiting, pool_pre_ping=True)
        settings = [
            f"SET synchronous_commit TO {'on' if durable else 'off'}",
            f"SET statement_timeout TO '{_STATEMENT}s'",
        ]

    def prepare(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for setting in settings:
            cursor.execute(setting)
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", prepare)
    return engine


def place_of(url: URL) -> str:
    """An address as it may be shown: without user, password and options."""
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{url.database}"
    return f"postgresql://{url.host or ''}/{url.database or ''}"


def missing_file(url: URL) -> bool:
    """Whether an address is of a file that does not exist; connecting would make an empty one."""
    return url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file()


def has_password(address: str) -> bool:
    """Whether an address holds a password, which others could read on a command line."""
    try:
        url = make_url(address)
    except ArgumentError:
        return False
    return url.password is not None or "password" in url.query


def _checked(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        kind = ""
    else:
        kind = url.get_backend_name()
    if kind == "sqlite" and url.database not in (None, "", ":memory:"):
        return url.set(drivername="sqlite")
    if kind == "postgresql":
        if find_spec("psycopg") is None:
            raise AuditError("PostgreSQL needs its driver: pip install 'shiprisk[postgres]'")
        return url.set(drivername="postgresql+psycopg")
    raise AuditError(
        "the audit record needs an address such as sqlite:///audit.db or "
        "postgresql://host/database (with the password in PGPASSWORD or ~/.pgpass)"
    )
