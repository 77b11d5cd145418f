"""Training from a table of signals: rows, time and memory of one machine and of a Dask cluster.

    .venv/bin/python benchmarks/signal_table.py [--declarations 60000] [--times 50] [--trees 100]

A simulated world's inspected shipments, and a tenth of all, are written as a table of signals by
one machine. Then the table is written again, each row so many times with other keys, to have many
rows; that repeats what is known and says nothing of how good a model is. Each way has a process of
its own, and its memory is that of all its processes at once (see world.py). The cluster is two
worker processes of one thread on this machine; starting them is not counted.

How far the boosters of both ways differ is told on the table as it is: average precision on the
last fifth, of fits that knew only what was known before, with three seeds.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from world import MIB, apart, watched

SHARE = 0.1
PARTS = 40


def main(declarations: int, times: int, trees: int) -> None:
    """Print rows of the tables as soon as they are measured."""
    with tempfile.TemporaryDirectory() as directory:
        small, large = Path(directory) / "small", Path(directory) / "large"
        apart(made, Path(directory), declarations)
        rows = apart(repeated, small, large, times)[0]
        size = sum(file.stat().st_size for file in large.iterdir())
        print(f"{rows:,.0f} inspected rows, {size / MIB:,.0f} MiB of Parquet in {PARTS} files\n")
        print("| | seconds | peak MiB | without mapped files |\n|---|---|---|---|", flush=True)
        for name, work in WAYS.items():
            seconds, peak = watched(work, large, trees)
            memory = f"{peak.bytes / MIB:,.0f} | {peak.own / MIB:,.0f}"
            print(f"| {name} | {seconds:.0f} | {memory} |", flush=True)
        print("\n| seed | one machine | cluster | correlation of risks |\n|---|---|---|---|")
        for seed in range(3):
            apart(compared, small, trees, seed)


def made(directory: Path, declarations: int) -> float:
    """Write the table of a world."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from shiprisk.features import read_records
    from shiprisk.training import Past, simulate
    from tests.training.signal_table.written import table_of, write

    simulate(directory / "world", declarations, 0)
    past = Past.of(read_records(directory / "world"))
    write(table_of(past, SHARE), directory / "small", PARTS)
    return 0.0


def repeated(small: Path, large: Path, times: int) -> float:
    """Write each row so many times, with other keys; the number of inspected rows."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    large.mkdir()
    rows = 0
    for file in sorted(small.glob("*.parquet")):
        table = pq.read_table(file)
        with pq.ParquetWriter(large / file.name, table.schema) as writer:
            for number in range(times):
                again = table
                for name in ("declaration_id", "trader_id"):
                    other = pc.binary_join_element_wise(table[name], str(number), "-")
                    at = table.column_names.index(name)
                    again = again.set_column(at, table.schema.field(name), other)
                writer.write_table(again)
                rows += len(table) - table["violation"].null_count
        del table
        pa.default_memory_pool().release_unused()
    return float(rows)


def reading(table: Path, trees: int) -> float:
    """The seconds in which a table is read."""
    from shiprisk.training import Settings, read_signals

    started = time.perf_counter()
    read_signals(table, Settings())
    return time.perf_counter() - started


def on_one(table: Path, trees: int) -> float:
    """The seconds in which a table is read and a model fitted on all of it."""
    from shiprisk.training import Settings

    started = time.perf_counter()
    _fitted_here(table, Settings(), trees)
    return time.perf_counter() - started


def on_two(table: Path, trees: int) -> float:
    """The seconds in which two workers do so."""
    from shiprisk.training import Settings, on_cluster

    with _two_workers() as address, on_cluster(address, table, Settings()) as fit:
        started = time.perf_counter()
        fit(trees)
        return time.perf_counter() - started


def whole(table: Path, trees: int) -> float:
    """The seconds of a whole training: choose, measure, fit on everything, with so many trees."""
    from shiprisk.training import Settings, read_signals, train_on

    settings = Settings(most_trees=trees)
    started = time.perf_counter()
    train_on(read_signals(table, settings), settings)
    return time.perf_counter() - started


def compared(table: Path, trees: int, seed: int) -> float:
    """Print the average precision on later rows of a fit on one machine and of one on two."""
    import numpy as np
    from sklearn.metrics import average_precision_score

    from shiprisk.training import Periods, Settings, on_cluster, read_signals

    everything = read_signals(table, Settings())
    day = Periods.of(everything.inspected, Settings()).test_from
    settings = Settings(seed=seed, as_of=day.astype(object))
    with _two_workers() as address, on_cluster(address, table, settings) as fit:
        boosters = _fitted_here(table, settings, trees), fit(trees)
    later = everything.inspected[everything.inspected["declared_on"] >= np.datetime64(day)]
    matrix, found = everything.asked(everything.names)(later), later["violation"]
    risks = [booster.predict(matrix) for booster in boosters]
    one, two = (average_precision_score(found, risk) for risk in risks)
    print(f"| {seed} | {one:.4f} | {two:.4f} | {np.corrcoef(*risks)[0, 1]:.3f} |", flush=True)
    return 0.0


def _fitted_here(table: Path, settings: Any, trees: int) -> Any:
    from shiprisk.training import read_signals
    from shiprisk.training.examples import Examples
    from shiprisk.training.fit import fitted, signals_for

    evidence = read_signals(table, settings)
    examples = Examples.asked(evidence.inspected, evidence.asked(evidence.names))
    return fitted(examples, signals_for(settings), settings, trees)


@contextmanager
def _two_workers() -> Iterator[str]:
    from distributed import LocalCluster

    local = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=2, threads_per_worker=1, **local) as cluster:
        yield cluster.scheduler_address


WAYS = {
    "read as a stream": reading,
    "one machine: read, fit of three boosters": on_one,
    "two workers: the same fit": on_two,
    "one machine: whole training (choose, three folds, posts, fit, measures)": whole,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--declarations", type=int, default=60_000)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--trees", type=int, default=100)
    asked = parser.parse_args()
    main(asked.declarations, asked.times, asked.trees)
