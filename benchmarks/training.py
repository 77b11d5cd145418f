"""The default training beside plain LightGBM `fit` on the ready matrix, in one run:

    .venv/bin/python benchmarks/training.py
    .venv/bin/python benchmarks/training.py --declarations 200000 --outcomes all

Ready matrix: the signals of every row with an outcome, as the training itself made them. Plain fit:
one LightGBM booster with the same parameters and number of trees on all those rows, once; and the
three fits of a training (to choose, to measure, to keep), of which each is a plain fit too.
Training: `train` on records that were read, from the history of all declarations to the measured
model. With `--outcomes all` every declaration has an outcome, known after 30 days, as where all is
inspected; else those that the simulated inspection chose. Ratios are of processor time, because the
clock also tells what others did on the machine; both are printed.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from shiprisk.features import Records, read_records
from shiprisk.training import Settings, Trained, simulate, train
from shiprisk.training.examples import KEY, Examples
from shiprisk.training.fit import fitted

DELAY = pd.Timedelta(days=30)


def main() -> None:
    """Read or simulate records, train, fit plainly, print the ratios."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--declarations", type=int, default=1_000_000)
    asked.add_argument("--records", type=Path, help="records simulated before")
    asked.add_argument("--outcomes", choices=("inspected", "all"), default="inspected")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        directory = told.records or Path(scratch)
        if told.records is None:
            simulate(directory, told.declarations, 0)
        records = read_records(directory).by_day()
        if told.outcomes == "all":
            truth = pd.read_parquet(directory / "truth.parquet")
            records = replace(records, inspections=all_inspected(records, truth))
    measured(records, Settings())


def all_inspected(records: Records, truth: pd.DataFrame) -> pd.DataFrame:
    """An outcome for every declaration."""
    rows = records.declarations[[*KEY, "declared_on"]].merge(truth[[*KEY, "diverted"]], on=KEY)
    known_on = rows["declared_on"] + DELAY
    return rows[KEY].assign(known_on=known_on, violation=rows["diverted"])


def measured(records: Records, settings: Settings) -> None:
    """Print time and memory of a training, and what they are of plain fits."""
    before = _peak()
    trained, training = _timed(lambda: train(records, settings, _Steps()))
    peak = _peak()
    print(
        f"{len(trained.past.declarations):,} declarations, {len(trained.past.inspected):,} "
        f"outcomes, {len(trained.model.signals)} signals, {trained.model.about['trees']} trees, "
        f"model {trained.model.version}"
    )
    print(f"training: {training}; peak {peak:,.0f} MiB, {before:,.0f} of them before")
    examples, made = _timed(
        lambda: Examples.of(trained.past.inspected, trained.history, trained.model.signals)
    )
    print(f"signals of all outcomes alone: {made}")
    one, three = plain_fits(trained, examples, settings)
    for name, took in {"one plain fit": one, "three plain fits": three}.items():
        print(f"{name}: {took}; training takes {training.processor / took.processor:.1f} times")


def plain_fits(trained: Trained, examples: Examples, settings: Settings) -> tuple["Took", "Took"]:
    """What LightGBM takes on the ready matrix: once, and thrice as a training needs it."""
    inspected, periods = trained.past.inspected, trained.periods
    trees = int(trained.model.about["trees"])
    plain = replace(settings, members=1)
    fit = partial(fitted, signals=trained.model.declared_signals, settings=plain)
    choices = examples.where(periods.choose(inspected))
    first = _timed(lambda: fit(examples.where(periods.fit(inspected)), choices=choices))[1]
    second = _timed(lambda: fit(examples.where(periods.before_test(inspected)), trees=trees))[1]
    third = _timed(lambda: fit(examples, trees=trees))[1]
    return third, first + second + third


class Took:
    """Seconds by the clock, and of processors."""

    def __init__(self, clock: float, processor: float) -> None:
        self.clock, self.processor = clock, processor

    def __add__(self, other: "Took") -> "Took":
        return Took(self.clock + other.clock, self.processor + other.processor)

    def __str__(self) -> str:
        return f"{self.clock:,.0f} s, {self.processor:,.0f} s of processor time"


class _Steps:
    """Prints each step with the seconds since the first."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def __call__(self, step: str) -> None:
        print(f"  after {time.perf_counter() - self._since:5.0f} s: {step}", flush=True)


def _timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Took(time.perf_counter() - clock, time.process_time() - processor)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
