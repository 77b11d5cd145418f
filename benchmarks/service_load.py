"""Services as processes on this machine, and clients that ask them a bounded number of times."""

import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass
class Server:
    """A service to start. alive: the path that answers once it is ready. session: its processes."""

    command: list[str]
    port: int
    alive: str
    environment: Mapping[str, str]
    session: int = 0

    def processor_seconds(self) -> float:
        """Processor time of all its processes so far."""
        return sum(float(x[13]) + float(x[14]) for x in self._processes()) / _TICKS

    def resident_mib(self) -> float:
        """Memory of all its processes, MiB."""
        return sum(float(x[23]) for x in self._processes()) * _PAGE_MIB

    def _processes(self) -> Iterator[list[str]]:
        for file in Path("/proc").glob("[0-9]*/stat"):
            try:
                number, _, rest = file.read_text().partition(" (")
            except OSError:  # it ended meanwhile
                continue
            fields = [number, "", *rest.rpartition(") ")[2].split()]
            if fields[5] == str(self.session):
                yield fields


@dataclass
class Run:
    """What came of asking. seconds: of each request. took: of all together."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    took: float = 0.0


@contextmanager
def served(server: Server) -> Iterator[Server]:
    """A service in a session of its own, for as long as it is wanted."""
    environment = os.environ | dict(server.environment)
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        server.command, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
    )
    server.session = process.pid
    try:
        while not _answers(server):
            if process.poll() is not None:
                raise SystemExit(f"{' '.join(server.command)} ended before it answered")
            time.sleep(0.2)
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def asked_by(port: int, path: str, bodies: list[bytes], requests: int, clients: int) -> Run:
    """Ask with so many clients at once, each on a connection of its own, so many times in all."""
    run, numbers, begin = Run(), iter(range(requests)), threading.Barrier(clients + 1)

    def client() -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            begin.wait()
            for number in numbers:
                started = time.perf_counter()
                connection.request(
                    "POST", path, bodies[number % len(bodies)], {"content-type": "application/json"}
                )
                answer = connection.getresponse()
                answer.read()
                run.seconds.append(time.perf_counter() - started)
                run.failed += answer.status != 200

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    begin.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    run.took = time.perf_counter() - started
    run.failed += requests - len(run.seconds)
    return run


def free_port() -> int:
    """A port that nothing listens on now."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(server: Server) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)) as connection:
        try:
            connection.request("GET", server.alive)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
