"""A connection that does not wait for ever for the lines before a body."""

import asyncio
from functools import partial
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class Patient(H11Protocol):
    """Closes a connection whose request has begun, or never begins, and does not get on.

    Between two requests uvicorn's own time limit holds. h11 refuses lines of more than 64 KiB
    together, which the quicker parser does not.
    """

    def __init__(self, *arguments: Any, head_seconds: float, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_seconds = head_seconds
        self._giving_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on where a request has begun; no longer where its lines are there."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._wait_no_more()
        elif self._giving_up is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._giving_up = self.loop.call_later(self._head_seconds, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._giving_up:
            self._giving_up.cancel()
            self._giving_up = None


def patient(head_seconds: float) -> Any:
    """The protocol of connections that wait so long, as uvicorn asks for it."""
    return partial(Patient, head_seconds=head_seconds)
