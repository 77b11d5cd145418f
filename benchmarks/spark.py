"""The same records scored by one machine's engine and by Spark on it: time, memory, answers.

    pip install 'shiprisk[spark]'
    .venv/bin/python benchmarks/spark.py 100000 1000000 10000000 [--records DIRECTORY]

For each number of declarations a simulated world of three years, scored by the command line from
its Parquet file to a Parquet file of scores (read, checked, every day the past of the next, 129
signals, risk, nothing explained), with a model that brings no past of its own. Each run is a
process of its own, whose clock, processor time and most memory are told with those of all that it
started (RssAnon, so this runs on Linux only). Risks must be the same. --records: worlds are kept
there.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import rmtree
from threading import Event, Thread

import numpy as np
import pyarrow.dataset as ds

from shiprisk.features import NODES, History, read_records
from shiprisk.serving import save_bundle
from shiprisk.training import Settings, simulate, train

_CORES = 2
_SCORE = ["-c", "from shiprisk.cli import app; app()", "score"]
_ENGINES = {
    "one machine": [],
    "Spark": ["--engine", "spark", "--spark-master", f"local[{_CORES}]"],
}


class Watch:
    """The most memory of a process and all of its session, in MB, and their processor seconds."""

    def __init__(self, session: int) -> None:
        self._most, self._session, self._over = 0.0, session, Event()
        self._ticks: dict[str, int] = {}
        self._thread = Thread(target=self._look)
        self._thread.start()

    def stop(self) -> tuple[float, float]:
        """End; the most memory, and the seconds of all processes as they were last seen."""
        self._over.set()
        self._thread.join()
        return self._most, sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def _look(self) -> None:
        while not self._over.wait(0.2):
            self._most = max(self._most, sum(map(self._seen, _processes())))

    def _seen(self, process: Path) -> float:
        try:
            after_name = (process / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[3]) != self._session:
                return 0.0
            told = (process / "status").read_text()
        except OSError:  # it has just ended
            return 0.0
        self._ticks[process.name] = int(after_name[11]) + int(after_name[12])
        lines = [line for line in told.splitlines() if line.startswith("RssAnon")]
        return sum(int(line.split()[1]) for line in lines) / 1024


def _processes() -> list[Path]:
    return [process for process in Path("/proc").iterdir() if process.name.isdigit()]


def main(sizes: list[int], worlds: Path) -> None:
    """Make a model, then score each world in both ways."""
    model = worlds / "model"
    if not model.exists():
        simulate(worlds / "small", 60_000, 0)
        trained = train(read_records(worlds / "small"), Settings(test=False))
        save_bundle(trained.model, History(NODES), model)
    print("declarations  engine        seconds  processor  per million   most memory, MB")
    for size in sizes:
        records = worlds / f"records-{size}"
        if not records.exists():
            simulate(records, size, 0)
        found = [_scored(engine, records, size, model) for engine in _ENGINES]
        print(f"{'':14}ratio{found[1][0] / found[0][0]:15.2f}{found[1][1] / found[0][1]:11.2f}")
        if not np.array_equal(found[0][2], found[1][2]):
            sys.exit("the risks differ")


def _scored(engine: str, records: Path, size: int, model: Path) -> tuple[float, float, np.ndarray]:
    """Seconds by the clock and of processors, and all risks in order."""
    with tempfile.TemporaryDirectory(dir=records.parent) as scratch:
        out = Path(scratch) / "scores.parquet"
        what = [str(records / "declarations.parquet"), "--model", str(model), "--out", str(out)]
        command = [sys.executable, *_SCORE, *what, "--explain", "none", *_ENGINES[engine]]
        started = time.perf_counter()
        running = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        watch = Watch(running.pid)
        if running.wait():
            sys.exit(f"{engine} failed: {' '.join(command)}")
        took, (most, worked) = time.perf_counter() - started, watch.stop()
        told = f"{size:12,}  {engine:12}{took:9.1f}{worked:11.1f}{took / size * 1e6:13.1f}"
        print(f"{told}{most:18,.0f}", flush=True)
        risks = ds.dataset(out).to_table(columns=["risk"])["risk"].to_numpy()
        rmtree(out, ignore_errors=True)
        return took, worked, np.sort(risks)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--records", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        place = given.records or Path(passing)
        place.mkdir(exist_ok=True, parents=True)
        main(given.sizes, place)
