"""The service as a process: it listens, follows what is newer, and stops in good order."""

import signal
import sys
import time
from dataclasses import dataclass
from socket import socket
from types import FrameType

import uvicorn

from ..audit import Audit
from .application import Desk, application
from .keys import Keys
from .limits import Limits
from .logs import log_to, tell
from .metrics import Metrics
from .origin import Origin
from .patience import patient
from .service import Service
from .watch import Watch


@dataclass(frozen=True)
class Pace:
    """How a service runs on. watch_seconds: between looks for what is newer.

    drain_seconds: how long it goes on answering after it was asked to stop, while `/readyz` says
    that it is not ready, so that who sends requests can turn elsewhere.
    """

    watch_seconds: float = 10
    drain_seconds: float = 3


def serve(
    origin: Origin,
    keys: Keys,
    limits: Limits,
    host: str,
    port: int,
    pace: Pace,
    audit: Audit | None = None,
    desk: Desk | None = None,
) -> None:
    """Answer until SIGTERM or SIGINT; ModelError or HistoryError where it cannot begin.

    port: 0 for any that is free; the first line of the log says which. audit: where answers are
    recorded, if they are to be. desk: whose pages stand under /desk.
    """
    found = origin.newest()
    service, metrics = Service(origin.load(found)), Metrics()
    log_to(sys.stderr)
    watch = Watch(service, origin, metrics, found, pace.watch_seconds)
    config = uvicorn.Config(
        application(service, keys, limits, metrics, audit, desk),
        host=host,
        port=port,
        http=patient(limits.head_seconds),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    watch.start()
    try:
        _Server(config, service, pace.drain_seconds).run()
    finally:
        watch.stop()
        tell("stopped")


class _Server(uvicorn.Server):
    """Says that it is not ready before it stops to listen."""

    def __init__(self, config: uvicorn.Config, service: Service, drain_seconds: float) -> None:
        super().__init__(config)
        self._service, self._drain_seconds = service, drain_seconds
        self._leave_at: float | None = None

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin to listen, and say where."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            scorer = self._service.in_use.scorer
            tell("listening", host=host, port=port, model_version=scorer.model.version)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Finish what is accepted; asked again, leave as soon as that is done, or at once."""
        if self._leave_at is None:
            self._service.stopping = True
            self._leave_at = time.monotonic() + self._drain_seconds
            tell("stopping", signal=signal.Signals(sig).name)
        else:
            self.force_exit = self.should_exit
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        """Whether it is time to leave; asked ten times a second."""
        if self._leave_at is not None and time.monotonic() >= self._leave_at:
            self.should_exit = True
        return await super().on_tick(counter)
