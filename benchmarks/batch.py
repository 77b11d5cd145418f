"""How much memory a streamed batch takes, by the number of records, and what its reasons cost.

    .venv/bin/python benchmarks/batch.py 100000 1000000 3000000 --later 1000000

Simulated records that the history holds, repeated under other ids; five reasons for each. Those of
--later are spread over sixty days after the history, so that each day is the past of the next. The
last column is the processor time of scoring with reasons for all, as a multiple of that without, of
20,000 of them in turns. Each number is a process of its own. Memory is what is not files (RssAnon),
so this runs on Linux only.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from shiprisk.commands.source import Input
from shiprisk.features import Kept, read_records
from shiprisk.serving import MOST_REASONS, Batch, Parts, Scorer, save_bundle, score_into
from shiprisk.training import Settings, simulate, train

DECLARATIONS, DAYS = 60_000, 60
COMPARED, ROUNDS = 20_000, 5


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


def main(directory: Path, numbers: list[int], later: list[int]) -> None:
    """Make a model, then score each number of records in a process of its own."""
    simulate(directory / "records", DECLARATIONS, 0)
    trained = train(read_records(directory / "records"), Settings(test=False))
    save_bundle(trained.model, trained.history, directory / "bundle")
    through = trained.history.through
    print(
        "records       loaded      read   scoring   (MB)   read/s  score/s   reasons for all, none"
    )
    asked = [*((number, None) for number in numbers), *((number, through) for number in later)]
    for number, after in sorted(asked, key=lambda one: one[0]):
        file = repeated(directory / "records" / "declarations.parquet", number, after)
        command = [sys.executable, __file__, "--of", str(directory / "bundle"), str(file)]
        told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        file.unlink()
        memory = "".join(f"{told[name]:10,.0f}" for name in ("loaded", "read", "scoring"))
        rates = "".join(f"{number / told[name]:9,.0f}" for name in ("reading", "seconds"))
        named = f"{number:,}{' later' if after else ''}"
        print(f"{named:12}{memory}       {rates}   {told['reasons']:.2f}", flush=True)


def repeated(path: Path, number: int, after: np.datetime64 | None) -> Path:
    """A file of so many records, over and over the same under other ids, or on later days."""
    records, left = pd.read_parquet(path), number
    if after is not None:
        days = after + 1 + np.arange(len(records)) % DAYS
        kind = records["declared_on"].dtype
        records["declared_on"] = pd.Series(days.astype("datetime64[s]"), records.index).astype(kind)
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
    """The most memory while loading, reading and scoring, and the seconds of both."""
    watch, told = Watch(), dict[str, float]()
    scorer = Scorer.load(bundle)
    told["loaded"] = watch.most()
    with Parts(file.with_suffix(".all.parquet")) as parts:
        started = time.perf_counter()
        kept = Input([file]).keep(parts.records, lambda done: None).declarations
        told |= {"reading": time.perf_counter() - started, "read": watch.most()}
        batch = Batch(scorer, kept, most_reasons=MOST_REASONS)
        started = time.perf_counter()
        score_into(parts, batch, {"records": file.name})
        told |= {"seconds": time.perf_counter() - started, "scoring": watch.most()}
        return told | {"reasons": compared(batch, file)}


def compared(batch: Batch, file: Path) -> float:
    """Processor time with reasons for all, over that without: in turns, on a few records."""
    some = Kept.of(file.with_suffix(".some"), [next(iter(batch.declarations)).head(COMPARED)])
    asked = [replace(batch, declarations=some, lanes=lanes) for lanes in (None, ())]
    spent = [0.0, 0.0]
    for _ in range(ROUNDS):
        for at, one in enumerate(asked):
            before = time.process_time()
            with Parts(file.with_suffix(f".{at}.parquet")) as parts:
                score_into(parts, one, {"records": file.name})
            spent[at] += time.process_time() - before
    return spent[0] / spent[1]


def _anonymous() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    if sys.argv[1] == "--of":
        print(json.dumps(measured(*map(Path, sys.argv[2:]))))
    else:
        asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        asked.add_argument("numbers", type=int, nargs="*")
        asked.add_argument("--later", type=int, nargs="*", default=[])
        given = asked.parse_args()
        with tempfile.TemporaryDirectory() as scratch:
            main(Path(scratch), given.numbers, given.later)
