"""Work in a process that is killed by SIGKILL right before its nth write.

A write is a statement that changes a database, a commit, or a file that is opened for writing,
made, renamed, linked or removed.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

_FILES = ("os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir")
_READING = ("SELECT", "PRAGMA", "EXPLAIN")


class _Writes:
    """Counts writes, and ends the process in front of one of them."""

    def __init__(self, fatal: int | None) -> None:
        self.count, self.fatal = 0, fatal

    def one(self) -> None:
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name == "open":
            path, _, flags = arguments
            if flags & (os.O_WRONLY | os.O_RDWR) and "__pycache__" not in str(path):
                self.one()
        elif name in _FILES:
            self.one()

    def executed(self, connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_READING):
            self.one()


def cut_off(work: Callable[[], object], fatal: int | None = None) -> int | None:
    """Do work in a child process; how many writes it made, or None where it was killed.

    fatal: the write in front of which it is killed, counted from 1. AssertionError where the work
    failed by itself.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _in_child(work, fatal, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        count = told.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGKILL:
        return None
    assert status == 0, f"the work ended with {status}"
    return int(count)


def _in_child(work: Callable[[], object], fatal: int | None, told: int) -> None:
    try:
        writes = _Writes(fatal)
        event.listen(Engine, "before_cursor_execute", writes.executed)
        event.listen(Engine, "commit", lambda connection: writes.one())
        sys.addaudithook(writes.heard)
        work()
        os.write(told, str(writes.count).encode())
        os._exit(0)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)


def spread(writes: int, points: int) -> list[int]:
    """Points spread evenly over writes, with the first and the last among them."""
    return sorted({round(1 + at * (writes - 1) / (points - 1)) for at in range(points)})
