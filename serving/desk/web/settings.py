"""How the desk is run."""

from dataclasses import dataclass
from pathlib import Path

from ...http.keys import LOCAL_HOSTS, UnsafeService
from ...selection import Capacity

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
    owner_nationality: whether pictures show it. drift: the page that `monitor` writes, whose alarms
    are shown.
    """

    capacity: Capacity
    second: str = "sensitive"
    secure: bool = True
    proxy: Proxy | None = None
    owner_nationality: bool = True
    drift: Path | None = None

    def __post_init__(self) -> None:
        """Refuse a policy that there is not."""
        if self.second not in POLICIES:
            raise UnsafeService(
                f"{self.second!r}: a second person confirms one of {', '.join(POLICIES)}"
            )

    def check_for(self, host: str) -> None:
        """UnsafeService where passwords would be sent in the clear."""
        if host not in LOCAL_HOSTS and not self.secure:
            raise UnsafeService(
                f"a desk on {host} would send passwords in the clear: put a proxy with HTTPS "
                "before it and say --behind-https, or listen on 127.0.0.1"
            )
