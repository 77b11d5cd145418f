"""How much memory a streamed batch takes, by the number of records, and what its reasons cost.

    .venv/bin/python benchmarks/batch.py 100000 1000000

Simulated records that the history holds, repeated under other ids; five reasons for each. The last
column is the processor time of a run with reasons for all, as a multiple of one without. Each
number is a process of its own. Memory is what is not files (RssAnon), so this runs on Linux only.
"""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from shiprisk.features import read_records
from shiprisk.serving import MOST_REASONS, Batch, Scorer, save_bundle, score_into
from shiprisk.training import Settings, simulate, train

DECLARATIONS = 60_000


class Watch:
    """The most memory since it was last asked, in MB."""

    def __init__(self) -> None:
        self._most, self._over = 0.0, Event()
        Thread(target=self._look, daemon=True).start()

    def most(self) -> float:
        """The most since the last question."""
        found, self._most = max(self._most, _anonymous()), 0.0
        return found

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self._most = max(self._most, _anonymous())


def main(directory: Path, numbers: list[int]) -> None:
    """Make a model, then score each number of records in a process of its own."""
    simulate(directory / "records", DECLARATIONS, 0)
    trained = train(read_records(directory / "records"), Settings(test=False))
    save_bundle(trained.model, trained.history, directory / "bundle")
    print("records     loaded      read   scoring   (MB)   rows/s   reasons for all, of none")
    for number in numbers:
        file = repeated(directory / "records" / "declarations.parquet", number)
        command = [sys.executable, __file__, "--of", str(directory / "bundle"), str(file)]
        told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        memory = "".join(f"{told[name]:10,.0f}" for name in ("loaded", "read", "scoring"))
        rate = f"{number / told['seconds']:,.0f}"
        print(f"{number:10,}{memory}          {rate:6}   {told['reasons']:.2f}", flush=True)


def repeated(path: Path, number: int) -> Path:
    """A file of so many records, over and over the same under other ids."""
    records, left = pd.read_parquet(path), number
    into = path.with_name(f"{number}.parquet")
    with pq.ParquetWriter(into, pa.Schema.from_pandas(records, preserve_index=False)) as writer:
        while left > 0:
            part = records.head(left).assign(
                declaration_id=lambda x, left=left: x["declaration_id"] + f"-{left}"
            )
            writer.write_table(pa.Table.from_pandas(part, writer.schema, preserve_index=False))
            left -= len(part)
    return into


def measured(bundle: Path, file: Path) -> dict[str, float]:
    """The most memory while loading, reading and scoring, and the seconds of scoring."""
    watch, told = Watch(), dict[str, float]()
    scorer = Scorer.load(bundle)
    told["loaded"] = watch.most()
    declarations = read_records(file).declarations
    told["read"] = watch.most()
    started = time.perf_counter()
    batch = Batch(scorer, declarations, most_reasons=MOST_REASONS)
    _score(file, batch, "all")
    told |= {"seconds": time.perf_counter() - started, "scoring": watch.most()}
    before = time.process_time()
    _score(file, replace(batch, lanes=()), "none")
    none = time.process_time()
    _score(file, batch, "again")
    return told | {"reasons": (time.process_time() - none) / (none - before)}


def _score(file: Path, batch: Batch, name: str) -> None:
    score_into(file.with_suffix(f".{name}.parquet"), batch, {"records": file.name})


def _anonymous() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    if sys.argv[1] == "--of":
        print(json.dumps(measured(*map(Path, sys.argv[2:]))))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            main(Path(scratch), [int(number) for number in sys.argv[1:]])
