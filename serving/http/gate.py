"""Who comes in: known keys with the right role, not too fast, not too many at once."""

import math
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from .keys import Client, Keys
from .limits import Load
from .problems import Problem
from .routes import OPEN, UNLIMITED, roles_for


@dataclass(frozen=True)
class Gate:
    """Lets requests in, or answers them with the reason why not."""

    app: ASGIApp
    keys: Keys
    load: Load

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the service within does, if the request may come in."""
        if scope["type"] != "http" or scope["state"]["asked"].route in OPEN:
            return await self.app(scope, receive, send)
        asked = scope["state"]["asked"]
        try:
            asked.client = self._client(scope, asked.route).name
            if asked.route not in UNLIMITED:
                self._check_load(asked.client)
        except Problem as refusal:
            return await refusal.response(asked.request_id)(scope, receive, send)
        self.load.waiting += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.load.waiting -= 1
            self.load.charge(asked.client, max(1, asked.records))

    def _client(self, scope: Scope, route: str) -> Client:
        scheme, _, key = Headers(scope=scope).get("authorization", "").partition(" ")
        client = self.keys.holder(key.strip() if scheme.lower() == "bearer" else "")
        if client is None:
            raise Problem(
                401,
                "give a key of this service as `Authorization: Bearer …`",
                headers={"www-authenticate": "Bearer"},
            )
        needed = roles_for(route)
        if needed and not needed & client.roles:
            raise Problem(
                403,
                f"the key of {client.name} has the role {', '.join(sorted(client.roles))}; this "
                f"needs {' or '.join(sorted(needed))}",
            )
        return client

    def _check_load(self, name: str) -> None:
        limits = self.load.limits
        if wait := self.load.wait(name):
            raise Problem(
                429,
                f"{name} may ask for {limits.records_per_second:g} records per second",
                headers={"retry-after": str(math.ceil(wait))},
            )
        if self.load.waiting >= limits.most_waiting:
            raise Problem(
                503,
                f"{limits.most_waiting} requests are waiting; ask again",
                headers={"retry-after": "1"},
            )
