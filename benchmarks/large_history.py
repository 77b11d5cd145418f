"""A history too large to build at once: by blocks, mapped from disk, asked for one record.

    .venv/bin/python benchmarks/large_history.py 100000 1000000 10000000

For each number of declarations, in a process of its own: a simulated world is written, read and
remembered half a million declarations at a time, the parts are merged ledger by ledger, and the
result is mapped into memory. Printed are seconds per million for reading, remembering and merging,
the peak of memory, and the median time of all signals of one record, asked a thousand times, with
the time of one-row pandas frame beside it as a measure of the machine. With `--keep DIRECTORY`
histories stay there, and one that is there already is only asked.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from shiprisk.features import (
    NODES,
    SIGNALS,
    History,
    load_history,
    save_history,
    signal_matrix,
    validated,
)
from shiprisk.features.columns import columns_of
from shiprisk.features.records import INSPECTIONS, TRADERS
from shiprisk.training import simulate

AT_ONCE = 500_000
KEY = ["declaration_id", "item_number"]
NAMES = tuple(signal.name for signal in SIGNALS)


def main(rows: int, kept: Path) -> None:
    """One size, in this process."""
    whole, asked = kept / f"history-{rows}", kept / f"asked-{rows}.parquet"
    if not asked.exists():
        _made(rows, whole, asked)
    _alone(load_history(whole, NODES), validated(pd.read_parquet(asked)).accepted)


def _made(rows: int, whole: Path, to_ask: Path) -> None:
    """Write the history of a simulated world, and some of its records to ask about."""
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "records"
        simulate(records, rows, 0)
        before = _peak()
        clock = dict.fromkeys(("read", "remember", "merge"), 0.0)
        shelves, asked, register = [], [], History(NODES).extended(traders=_traders(records))
        found = validated(pd.read_parquet(records / "inspections.parquet"), INSPECTIONS).accepted
        for number, block in enumerate(_timed(_blocks(records), clock, "read")):
            started = time.perf_counter()
            inspected = block.merge(found[[*KEY, "known_on", "violation"]], on=KEY)
            part = History(NODES, register=register.register).extended(block, inspected)
            save_history(part, Path(scratch) / f"part-{number}")
            shelves += load_history(Path(scratch) / f"part-{number}", NODES).shelves
            asked.append(block.iloc[:: max(1, len(block) * (rows // AT_ONCE + 1) // 1000)])
            clock["remember"] += time.perf_counter() - started
        started = time.perf_counter()
        save_history(History(NODES, tuple(shelves), register.register, part.through), whole)
        clock["merge"] = time.perf_counter() - started
        size = sum(file.stat().st_size for file in whole.iterdir()) / 2**20
        told = ", ".join(f"{name} {took / rows * 1e6:.1f}" for name, took in clock.items())
        print(f"{rows:,} declarations: seconds per million: {told}")
        print(f"{size:,.0f} MiB on disk, peak {_peak():,.0f} MiB, {before:,.0f} of them before")
        pd.concat(asked).to_parquet(to_ask)


def _traders(records: Path) -> pd.DataFrame:
    return validated(pd.read_parquet(records / "traders.parquet"), TRADERS).accepted


def _blocks(records: Path) -> Iterator[pd.DataFrame]:
    for batch in pq.ParquetFile(records / "declarations.parquet").iter_batches(AT_ONCE):
        yield validated(batch.to_pandas()).accepted


def _timed(
    blocks: Iterator[pd.DataFrame], clock: dict[str, float], name: str
) -> Iterator[pd.DataFrame]:
    started = time.perf_counter()
    for block in blocks:
        clock[name] += time.perf_counter() - started
        yield block
        started = time.perf_counter()


def _alone(history: History, records: pd.DataFrame) -> None:
    took, measure = [], []
    for at in np.random.default_rng(0).integers(0, len(records), 1000):
        columns = columns_of(records.iloc[[at]])
        record = {name: values[0] for name, values in columns.items()}
        started = time.perf_counter()
        signal_matrix(history.block(columns), NAMES)
        took.append(time.perf_counter() - started)
        started = time.perf_counter()
        pd.DataFrame([record])
        measure.append(time.perf_counter() - started)
    ours, frame = np.median(took) * 1e3, np.median(measure) * 1e3
    print(f"one record, {len(NAMES)} signals: median {ours:.2f} ms, 90 % below "
          f"{np.quantile(took, 0.9) * 1e3:.2f} ms; a one-row frame {frame:.2f} ms")  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="*", type=int, default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        place = given.keep or Path(passing)
        if len(given.rows) == 1:
            main(given.rows[0], place)
        for size in given.rows if len(given.rows) > 1 else []:
            command = [sys.executable, __file__, str(size), "--keep", str(place)]
            subprocess.run(command, check=True)
