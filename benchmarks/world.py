"""How fast a world is simulated, in how much memory, and whether time grows with its size only.

    .venv/bin/python benchmarks/world.py [--sizes 100000 1000000 10000000] [--workers 1 2]

Each run has a process of its own. Seconds are those of `simulate` alone, without the imports before
it. Peak memory is that of the whole process tree at once, interpreter and workers included: every
0.2 s the proportional share of each process (PSS in /proc/PID/smaps_rollup, where pages that
several processes share count once) is summed, and the largest sum kept; a shorter peak is missed.
Reading /proc needs Linux.

Speed is told as a ratio to named work on the same machine in the same run: pandas writes the
declarations of that world to Parquet and reads them back, in one process, a million rows at a time
(ten million at once do not fit everywhere); reading them for the first time is not counted.
"""

import argparse
import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

EVERY = 0.2
SEED = 0
AT_ONCE = 1_000_000
MIB = 2**20
PROC = Path("/proc")
HEADINGS = (
    *("declarations", "workers", "seconds", "rows per second", "time per row, smallest size as 1"),
    *("peak MiB", "MiB on disk", "pandas writes and reads, seconds", "ratio"),
)


@dataclass(frozen=True)
class Run:
    """What one simulation took."""

    seconds: float
    peak: int
    on_disk: int


def main(sizes: list[int], workers: list[int], scenario: str) -> None:
    """Print a row of the table as soon as it is measured."""
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}", flush=True)
    smallest: dict[int, float] = {}
    for size in sorted(sizes):
        peer: float | None = None
        for number in workers:
            with tempfile.TemporaryDirectory() as directory:
                run = measured(Path(directory), size, number, scenario)
                if peer is None:  # any number of workers makes a world of the same size
                    peer, _ = apart(write_and_read, Path(directory))
            per_row = run.seconds / size
            growth = per_row / smallest.setdefault(number, per_row)
            print(_line(size, number, run, growth, peer), flush=True)


def measured(directory: Path, size: int, workers: int, scenario: str) -> Run:
    """Time, memory and size on disk of one simulation in a process of its own."""
    seconds, peak = apart(simulated, directory, size, workers, scenario)
    return Run(seconds, peak, sum(file.stat().st_size for file in directory.iterdir()))


def simulated(directory: Path, size: int, workers: int, scenario: str) -> float:
    """The seconds of a simulation."""
    from shiprisk.training import simulate  # here, so that the measuring process stays small

    started = time.perf_counter()
    simulate(directory, size, SEED, scenario=scenario, workers=workers)
    return time.perf_counter() - started


def write_and_read(directory: Path) -> float:
    """The seconds in which pandas writes the declarations and reads them, a million at a time."""
    import pandas as pd
    import pyarrow.parquet as pq

    seconds, copy = 0.0, directory / "copy.parquet"
    for batch in pq.ParquetFile(directory / "declarations.parquet").iter_batches(AT_ONCE):
        frame = batch.to_pandas()
        started = time.perf_counter()
        frame.to_parquet(copy)
        pd.read_parquet(copy)
        seconds += time.perf_counter() - started
    return seconds


class Peak(threading.Thread):
    """The largest memory of a process and its descendants, sampled until it is stopped.

    own: the same of what is no file mapped into memory, which the system takes back where it needs.
    """

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.bytes = self.own = 0
        self._root = root
        self._stopped = threading.Event()

    def run(self) -> None:
        """Sample until stopped."""
        while not self._stopped.wait(EVERY):
            processes = tree(self._root)
            self.bytes = max(self.bytes, sum(map(memory, processes)))
            self.own = max(self.own, sum(memory(one, "Pss_Anon:") for one in processes))

    def stop(self) -> int:
        """The largest sum so far; no more are taken."""
        self._stopped.set()
        self.join()
        return self.bytes


def tree(root: int) -> list[int]:
    """A process and all its descendants, as they are now."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for process in found:  # grows while it is read, until no process has children left
        found.extend(children.get(process, ()))
    return found


def memory(process: int, kind: str = "Pss:") -> int:
    """The proportional share of memory of a process in bytes; 0 once it has ended."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(kind))


def _parent(entry: Path) -> int | None:
    try:
        stat = (entry / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(stat.rpartition(")")[2].split()[1])  # the name before may hold spaces and brackets


def apart(work: Callable[..., float], *arguments: Any) -> tuple[float, int]:
    """The seconds that work reports from a process of its own, and the peak memory of its tree."""
    seconds, peak = watched(work, *arguments)
    return seconds, peak.bytes


def watched(work: Callable[..., float], *arguments: Any) -> tuple[float, Peak]:
    """The same with all that was seen of its memory."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process: BaseProcess = context.Process(target=_report, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    assert process.pid is not None, "a started process has a number"
    peak = Peak(process.pid)
    peak.start()
    try:
        seconds = mine.recv()
    except EOFError:
        sys.exit(f"{work.__name__} failed; its own message stands above")
    finally:
        peak.stop()
        process.join()
    return seconds, peak


def _report(connection: Connection, work: Callable[..., float], arguments: tuple[Any, ...]) -> None:
    connection.send(work(*arguments))


def _line(size: int, workers: int, run: Run, growth: float, peer: float) -> str:
    cells = (
        *(f"{size:,}", str(workers), f"{run.seconds:.1f}", f"{size / run.seconds:,.0f}"),
        *(f"{growth:.2f}", f"{run.peak / MIB:,.0f}", f"{run.on_disk / MIB:,.0f}"),
        *(f"{peer:.1f}", f"{run.seconds / peer:.1f}"),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--scenario", default="default")
    asked = parser.parse_args()
    if not (PROC / "self" / "smaps_rollup").is_file():
        sys.exit("memory is read from /proc/PID/smaps_rollup, which this system does not have")
    main(asked.sizes, asked.workers, asked.scenario)
