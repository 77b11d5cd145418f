"""One thread that writes what others hand it, as many requests in a commit as are waiting."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Condition, Thread
from typing import NamedTuple

from .entry import AuditError, Entry

# Entries after which a commit takes no further request with it.
_AT_ONCE = 2_000

_LOG = logging.getLogger("shiprisk.audit")


class FaultyEntries(AuditError):
    """An error of single entries, which others written with them do not share."""


class _Request(NamedTuple):
    entries: Sequence[Entry]
    written: Future[None]


class Writer:
    """Takes entries at once and writes them soon; what could not be written is never silent.

    write: writes entries in one transaction. most_waiting: entries not yet written beyond which
    further ones are refused; a request of more is taken when nothing waits.
    """

    def __init__(self, write: Callable[[Sequence[Entry]], None], most_waiting: int) -> None:
        self._write, self._most = write, most_waiting
        self._requests: deque[_Request] = deque()
        self._changed = Condition()
        self._closed = False
        self.waiting = self.lost = 0
        self.trouble: str | None = None
        self._thread = Thread(target=self._run, name="shiprisk-audit", daemon=True)
        self._thread.start()

    def take(self, entries: Sequence[Entry]) -> Future[None]:
        """Queue entries; the future ends when they are written, or with the AuditError why not."""
        written: Future[None] = Future()
        written.set_running_or_notify_cancel()  # who stops waiting does not stop the writing
        if not entries:
            written.set_result(None)
            return written
        with self._changed:
            refusal = self._refusal(len(entries))
            if not refusal:
                self.waiting += len(entries)
                self._requests.append(_Request(entries, written))
                self._changed.notify_all()
        if refusal:
            self._failed([_Request(entries, written)], AuditError(refusal))
        return written

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _refusal(self, further: int) -> str:
        if self._closed:
            return "the audit record is closed"
        if self.waiting and self.waiting + further > self._most:
            return f"{self.waiting:,} scores wait to be recorded: ask again later"
        return ""

    def _run(self) -> None:
        while requests := self._next():
            self._settle(requests)
            with self._changed:
                self.waiting -= sum(len(request.entries) for request in requests)

    def _next(self) -> list[_Request]:
        """The requests of the next commit; none once all is written and closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._requests or self._closed)
            taken: list[_Request] = []
            size = 0
            while self._requests and size < _AT_ONCE:
                taken.append(self._requests.popleft())
                size += len(taken[-1].entries)
            return taken

    def _settle(self, requests: list[_Request]) -> None:
        """Write requests together; where one of them is at fault, each by itself."""
        try:
            self._write([entry for request in requests for entry in request.entries])
        except Exception as error:  # whatever it is, who waits must hear of it
            if len(requests) > 1 and not _of_the_database(error):
                for request in requests:
                    self._settle([request])
            else:
                self._failed(requests, error)
            return
        self._well_again()
        for request in requests:
            request.written.set_result(None)

    def _failed(self, requests: list[_Request], error: Exception) -> None:
        lost = sum(len(request.entries) for request in requests)
        told = error if isinstance(error, AuditError) else AuditError(f"not recorded: {error}")
        with self._changed:
            self.lost += lost
            first, self.trouble = self.trouble is None, str(told)
        if first:  # a line for every score would fill another disk
            _LOG.error("scores are not recorded: %s", told)
        for request in requests:
            request.written.set_exception(told)

    def _well_again(self) -> None:
        with self._changed:
            before, self.trouble = self.trouble, None
        if before:
            _LOG.error("scores are recorded again; %d were not in all", self.lost)


def _of_the_database(error: Exception) -> bool:
    """Whether the database cannot be written to; anything else may be of single entries."""
    return isinstance(error, AuditError) and not isinstance(error, FaultyEntries)
