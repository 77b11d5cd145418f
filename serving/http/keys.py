"""Who may ask the service: keys with a name and roles, told by the environment."""

import hashlib
import hmac
import os
import re
from dataclasses import dataclass

ROLES = ("score", "read", "metrics")
VARIABLE = "SHIPRISK_API_KEYS"
_EARLIER = "SHIPRISK_API_KEY"
LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")
_LEAST = 16
_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
_DIGEST = re.compile(r"sha256=([0-9a-fA-F]{64})")
_FORM = "NAME:ROLES:KEY, entries parted by blanks, such as desk:score:… or ops:read+metrics:…"


class UnsafeService(ValueError):
    """A service that would answer strangers."""


@dataclass(frozen=True)
class Client:
    """Somebody who asks. name: as logs and limits call them. roles: what they may do."""

    name: str
    roles: frozenset[str]


# Whoever asks a service without keys, which listens on this machine alone.
LOCAL = Client("local", frozenset(ROLES))


@dataclass(frozen=True)
class Keys:
    """The keys that open a service, as SHA-256 digests; with none, this machine may ask."""

    holders: tuple[tuple[bytes, Client], ...] = ()

    @classmethod
    def from_environment(cls, host: str) -> "Keys":
        """The keys for a service on a host; UnsafeService where it would answer strangers."""
        if os.environ.get(_EARLIER):
            raise UnsafeService(
                f"{_EARLIER} is no longer read: set {VARIABLE} to {_FORM}, and unset {_EARLIER}"
            )
        keys = cls.parsed(os.environ.get(VARIABLE, ""))
        if not keys.holders and host not in LOCAL_HOSTS:
            raise UnsafeService(
                f"listening on {host} without keys would answer strangers: set {VARIABLE} to "
                f"{_FORM}, or listen on 127.0.0.1"
            )
        return keys

    @classmethod
    def parsed(cls, text: str) -> "Keys":
        """Keys of entries `NAME:ROLES:KEY`; a KEY may be `sha256=` and its digest in hexadecimal.

        A name may have several keys, so that one can be replaced while the other still opens.
        UnsafeService names the entry that makes no sense, never its key.
        """
        return cls(tuple(_entry(word, at) for at, word in enumerate(text.split(), start=1)))

    def holder(self, given: str) -> Client | None:
        """Who holds a key. Takes as long for a wrong key as for a right one."""
        if not self.holders:
            return LOCAL
        digest, found = _digest(given), None
        for known, client in self.holders:
            if hmac.compare_digest(digest, known):
                found = client
        return found


def _entry(word: str, at: int) -> tuple[bytes, Client]:
    name, roles, key = (*word.split(":", 2), "", "")[:3]
    where = f"entry {at} of {VARIABLE}"
    if not _NAME.fullmatch(name) or not key:
        raise UnsafeService(f"{where} is not of the form {_FORM}")
    where += f" ({name})"
    given = frozenset(roles.split("+"))
    if unknown := sorted(given - set(ROLES)):
        raise UnsafeService(
            f"{where} has the unknown role {', '.join(unknown) or 'of no name'}: give one or more "
            f"of {', '.join(ROLES)}, joined by +"
        )
    if digest := _DIGEST.fullmatch(key):
        return bytes.fromhex(digest[1]), Client(name, given)
    if key.startswith("sha256="):
        raise UnsafeService(f"{where} has a digest that is not 64 hexadecimal digits")
    if len(key) < _LEAST:
        raise UnsafeService(f"{where} has a key of fewer than {_LEAST} characters, easily guessed")
    return _digest(key), Client(name, given)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
