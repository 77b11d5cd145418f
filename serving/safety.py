"""Who may ask the service, and how much at once."""

import os
from dataclasses import dataclass

_LOCAL = ("127.0.0.1", "::1", "localhost")


class UnsafeService(ValueError):
    """A service that would answer strangers."""


@dataclass(frozen=True)
class Safety:
    """Who may ask, and how much at once. api_key: None lets everybody on this machine ask."""

    api_key: str | None = None
    most_bytes: int = 8_000_000
    most_records: int = 5_000

    @classmethod
    def from_environment(cls, host: str) -> "Safety":
        """Safety for a host to listen on; UnsafeService for an open one without a key."""
        key = os.environ.get("SHIPRISK_API_KEY") or None
        if key is None and host not in _LOCAL:
            raise UnsafeService(
                f"listening on {host} without a key would answer strangers: set SHIPRISK_API_KEY "
                "in the environment, or listen on 127.0.0.1"
            )
        if key is not None and len(key) < 16:
            raise UnsafeService("SHIPRISK_API_KEY must have at least 16 characters")
        return cls(key)
