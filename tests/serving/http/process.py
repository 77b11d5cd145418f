"""`shiprisk serve` as a process of its own, and clients that keep asking it."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Process:
    """A service that runs. log: the file of its lines."""

    running: subprocess.Popen[bytes]
    log: Path
    address: str

    def lines(self, event: str) -> list[dict[str, Any]]:
        return events(self.log, event)


@contextmanager
def started(home: Path, *words: object, **environment: str) -> Iterator[Process]:
    """A service that `shiprisk serve` began, on a free port; ended if it has not ended itself."""
    log = home / "log"
    run = "from shiprisk.cli import app; app()"
    command = [sys.executable, "-c", run, "serve", "--port", "0", *map(str, words)]
    with log.open("wb") as lines:
        running = subprocess.Popen(
            command, cwd=ROOT, stdout=lines, stderr=lines, env=os.environ | environment
        )
    try:
        while not (listening := events(log, "listening")):
            assert running.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        yield Process(running, log, f"http://127.0.0.1:{listening[0]['port']}")
    finally:
        running.kill()
        running.wait()


def events(log: Path, event: str) -> list[dict[str, Any]]:
    """The lines of a log that tell of an event; the last may still be being written."""
    whole = log.read_bytes().decode().rpartition("\n")[0].splitlines()
    told = [json.loads(line) for line in whole if line.startswith("{")]
    return [line for line in told if line["event"] == event]


@dataclass
class Asking(threading.Thread):
    """A client that asks for the same again and again until told to stop, or told good-bye."""

    address: str
    asked: Any
    told: list[httpx.Response] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        with httpx.Client(base_url=self.address, timeout=60) as client:
            while not self.enough.is_set():
                try:
                    self.told.append(client.post("/v1/scores", json=self.asked))
                except httpx.HTTPError as error:
                    self.failed.append(error)
                    return
                if self.told[-1].headers.get("connection") == "close":
                    return

    def stop(self) -> None:
        self.enough.set()
        self.join()
