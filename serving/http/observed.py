"""Around every request: its id, its line in the log, its counts, and calm where something fails."""

import logging
import re
import time
import uuid
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .logs import tell, tell_of_fault
from .metrics import Metrics
from .problems import Problem
from .routes import route_of
from .service import Service

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

# As web servers log it: the client left before its request was whole.
_LEFT = 499


@dataclass
class Asked:
    """A request, as what is around it knows it. records: how many it holds. client: who asks."""

    request_id: str
    route: str
    client: str = ""
    records: int = 0
    status: int = 0
    started: float = field(default_factory=time.perf_counter)


@dataclass(frozen=True)
class Observed:
    """Tells of each request when it is over. Never of what records hold, nor of keys."""

    app: ASGIApp
    service: Service
    metrics: Metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the service within does, or with a problem where it fails."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = Asked(_request_id(scope), route_of(scope["path"]))
        scope["state"] = {**scope.get("state", {}), "asked": asked}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                asked.status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = asked.request_id
                if self.service.stopping:
                    headers["connection"] = "close"
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            asked.status = _LEFT
        except Exception:
            tell_of_fault("fault", request_id=asked.request_id, route=asked.route)
            if asked.status:
                raise  # the web server cuts the answer off: it must not look whole
            problem = Problem(500, "the service failed; its log says why under this request_id")
            await problem.response(asked.request_id)(scope, receive, sending)
        finally:
            self._tell(asked, scope["method"])

    def _tell(self, asked: Asked, method: str) -> None:
        seconds = time.perf_counter() - asked.started
        self.metrics.requests.labels(asked.route, str(asked.status)).inc()
        self.metrics.seconds.labels(asked.route).observe(seconds)
        tell(
            "request",
            logging.INFO if asked.status < 500 else logging.WARNING,
            request_id=asked.request_id,
            client=asked.client,
            method=method,
            route=asked.route,
            status=asked.status,
            ms=round(seconds * 1e3, 2),
            records=asked.records,
        )


def _request_id(scope: Scope) -> str:
    """The id that the caller gave, where it can stand in a log; otherwise a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(given := value.decode("latin-1")):
            return str(given)
    return str(uuid.uuid4())
