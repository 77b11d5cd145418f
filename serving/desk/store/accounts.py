"""Who may come to the desk. An account is never changed: a newer one takes its place."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Semaphore
from typing import Any

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import Engine, func, select

from .clock import now
from .errors import DeskError
from .tables import ACCOUNTS

# Each may do what those before it may.
ROLES = ("reviewer", "lead", "admin")

SHORTEST, LONGEST = 12, 200

# Strangers can have passwords tried: they must not take all the memory.
_AT_ONCE = 2
_NAME = re.compile(r"[\w][\w.@-]{0,63}")

# RFC 9106, second recommendation: for where memory is dear.
_SALT, _LENGTH, _ITERATIONS, _LANES, _KIBIBYTES = 16, 32, 3, 4, 64 * 1024


@dataclass(frozen=True)
class Account:
    """Somebody who may come in. password: whether one is set; without it only by the proxy."""

    name: str
    role: str
    open: bool
    password: bool

    def may(self, role: str) -> bool:
        """Whether this account may do what a role may."""
        return self.open and ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True)
class Accounts:
    """The accounts on record. hashing: how many passwords are tried at once; each takes 64 MiB."""

    engine: Engine
    hashing: Semaphore = field(default_factory=lambda: Semaphore(_AT_ONCE), compare=False)

    def set(
        self, name: str, role: str, by: str, password: str | None = None, open: bool = True
    ) -> Account:
        """Open an account, or put another in its place; DeskError for what cannot be one.

        password: None keeps the one there is.
        """
        if not _NAME.fullmatch(name):
            raise DeskError(
                f"{name!r} is no name of an account: give letters, digits and . _ @ -, at most 64"
            )
        if role not in ROLES:
            raise DeskError(f"{role!r} is no role: give one of {', '.join(ROLES)}")
        hashed = self._hash_of(name) if password is None else _hashed(password)
        row = {"at": now(), "by": by, "name": name, "role": role, "password": hashed, "open": open}
        with self.engine.begin() as connection:
            connection.execute(ACCOUNTS.insert(), row)
        return _account(row)

    def find(self, name: str) -> Account | None:
        """The account of a name, open or closed; None where there is none."""
        row = self._row(name)
        return None if row is None else _account(row)

    def every(self) -> Sequence[Account]:
        """All accounts, by name."""
        newest = select(func.max(ACCOUNTS.c.number)).group_by(ACCOUNTS.c.name)
        asked = select(ACCOUNTS).where(ACCOUNTS.c.number.in_(newest)).order_by(ACCOUNTS.c.name)
        with self.engine.connect() as connection:
            return [_account(dict(row)) for row in connection.execute(asked).mappings()]

    def admitted(self, name: str, password: str) -> Account | None:
        """The open account of this name and password; None otherwise, after as long a time."""
        row = self._row(name)
        known = None if row is None or not row["open"] else row["password"]
        with self.hashing:
            fits = _fits(password, known or _NOBODYS)
        return _account(row) if row is not None and known and fits else None

    def _hash_of(self, name: str) -> str | None:
        row = self._row(name)
        return None if row is None else row["password"]

    def _row(self, name: str) -> dict[str, Any] | None:
        asked = select(ACCOUNTS).where(ACCOUNTS.c.name == name).order_by(ACCOUNTS.c.number.desc())
        with self.engine.connect() as connection:
            row = connection.execute(asked.limit(1)).mappings().one_or_none()
        return None if row is None else dict(row)


def _account(row: dict[str, Any]) -> Account:
    return Account(row["name"], row["role"], row["open"], row["password"] is not None)


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise DeskError(f"a password has {SHORTEST} to {LONGEST} characters")
    salted = Argon2id(
        salt=os.urandom(_SALT),
        length=_LENGTH,
        iterations=_ITERATIONS,
        lanes=_LANES,
        memory_cost=_KIBIBYTES,
    )
    return salted.derive_phc_encoded(password.encode("utf-8", "surrogatepass"))


def _fits(password: str, hashed: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(password[:LONGEST].encode("utf-8", "surrogatepass"), hashed)
    except InvalidKey:
        return False
    return True


# What a name without a password is tried against, so that it takes as long; nothing fits it.
_NOBODYS = f"$argon2id$v=19$m={_KIBIBYTES},t={_ITERATIONS},p={_LANES}${'A' * 22}${'A' * 43}"
