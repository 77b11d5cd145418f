"""Scores over HTTP."""

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shiprisk.serving import Capacity, Keys, Limits, UnsafeService

from ..defaults import Exit
from .batch import Using
from .telling import clearly, quiet_mlflow

if TYPE_CHECKING:
    from shiprisk.serving import Desk


@dataclass(frozen=True)
class DeskAsked:
    """How the reviewers' desk is to be run, as given on the command line."""

    capacity: str
    second: str
    behind_https: bool
    proxy: str | None
    proxy_header: str
    idle_minutes: float
    owner_nationality: bool
    drift: Path | None

    def opened(self, audit: str | None, host: str) -> "Desk":
        """The desk of an audit record; UnsafeService where it would be open to strangers."""
        from shiprisk.serving import Desk, DeskSettings, Proxy, Store

        if audit is None:
            raise UnsafeService("the desk shows what is on record: give --audit, too")
        proxy = Proxy(self.proxy, self.proxy_header) if self.proxy else None
        settings = DeskSettings(
            Capacity.of(self.capacity),
            self.second,
            self.behind_https,
            proxy,
            self.owner_nationality,
            self.drift,
        )
        settings.check_for(host)
        store = Store.open(audit, self.idle_minutes)
        if not store.accounts.every():
            raise UnsafeService(
                "nobody has an account at this desk yet: shiprisk account NAME --role admin"
            )
        return Desk(store, settings)


@clearly
def serve_scores(
    using: Using,
    host: str,
    port: int,
    limits: Limits,
    watch_seconds: float,
    drain_seconds: float,
    audit: str | None,
    durable: bool,
    desk: DeskAsked | None = None,
) -> Exit:
    """Answer scoring requests over HTTP until stopped; record the answers where that is asked.

    desk: show the reviewers' desk as well.
    """
    from shiprisk.serving import Audit, Origin, Pace, serve

    keys = Keys.from_environment(host)
    if using.model.startswith("models:/"):
        quiet_mlflow()
    origin = Origin(using.model, using.history, using.tracking_uri)
    pages = desk.opened(audit, host) if desk else None
    with Audit.open(audit, durable) if audit else nullcontext() as record:
        serve(origin, keys, limits, host, port, Pace(watch_seconds, drain_seconds), record, pages)
    return Exit.WELL
