"""How the desk is run."""

from dataclasses import dataclass

from ...http.keys import UnsafeService
from ...selection import Capacity

_LOCAL = ("127.0.0.1", "::1", "localhost")

# When a second person must confirm an outcome.
POLICIES = ("sensitive", "always", "never")


@dataclass(frozen=True)
class Proxy:
    """A proxy that signs people in. address: its own. header: holds the name of who asks."""

    address: str
    header: str


@dataclass(frozen=True)
class DeskSettings:
    """What an office decides about its desk.

    capacity: what can be inspected on a day, where no list was drawn. second: one of POLICIES.
    secure: cookies go over HTTPS alone. proxy: whom to believe who asks; None for nobody.
    owner_nationality: whether pictures show it.
    """

    capacity: Capacity
    second: str = "sensitive"
    secure: bool = True
    proxy: Proxy | None = None
    owner_nationality: bool = True

    @classmethod
    def on(
        cls,
        host: str,
        behind_https: bool,
        capacity: Capacity,
        second: str,
        proxy: Proxy | None = None,
        owner_nationality: bool = True,
    ) -> "DeskSettings":
        """Those of a desk on a host; UnsafeService where passwords would be sent in the clear."""
        if second not in POLICIES:
            raise UnsafeService(
                f"{second!r}: a second person confirms one of {', '.join(POLICIES)}"
            )
        if host not in _LOCAL and not behind_https:
            raise UnsafeService(
                f"a desk on {host} would send passwords in the clear: put a proxy with HTTPS "
                "before it and say --behind-https, or listen on 127.0.0.1"
            )
        return cls(capacity, second, behind_https, proxy, owner_nationality)
