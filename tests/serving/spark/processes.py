"""The processes of a cluster on this machine: which of them is at work."""

import os
from pathlib import Path

EXECUTOR, WORKER = "CoarseGrainedExecutorBackend", "pyspark.daemon"


def at_work(program: str) -> int | None:
    """A Python worker that is running now, or the executor that started it; None if all wait."""
    running = next((pid for pid in _workers() if _stat(pid)[:1] == ["R"]), None)
    if running is None or program == WORKER:
        return running
    return _parent(_parent(running))


def _workers() -> list[int]:
    """Workers of executors that this process started; not those that only start workers."""
    numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    workers = [
        pid for pid in numbers if WORKER in _command(pid) and WORKER in _command(_parent(pid))
    ]
    executors = {pid: _parent(_parent(pid)) for pid in workers}
    return [
        pid
        for pid, executor in executors.items()
        if EXECUTOR in _command(executor) and _parent(_parent(executor)) == os.getpid()
    ]


def _command(pid: int) -> str:
    return _read(pid, "cmdline").replace("\0", " ")


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _stat(pid: int) -> list[str]:
    """What the system tells of a process after its name: state, parent …"""
    return _read(pid, "stat").rpartition(")")[2].split()


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended
        return ""
