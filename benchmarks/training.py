"""The default training beside plain LightGBM `fit` on the ready matrix, in one run:

    .venv/bin/python benchmarks/training.py
    .venv/bin/python benchmarks/training.py --declarations 200000 --outcomes all

Ready matrix: the signals of every row with an outcome, as the training itself made them. Plain fit:
LightGBM with the same parameters and number of trees on all those rows, once: of one booster, and
of as many as the model is the mean of. All fits: those that the training cannot do without, of as
many boosters each: one to choose the number of trees, with those that tell that no more are needed,
one for each fold, one to keep. Training: `train` on records that were read, from the history of all
declarations to the measured model; history and signals of all outcomes are timed once more by
themselves. With `--outcomes all` every declaration has an outcome, known after 30 days, as where
all is inspected; else those that the simulated inspection chose. Ratios are of processor time,
because the clock also tells what others did on the machine; both are printed.
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
        records, reading = _timed(lambda: read_records(directory).by_day())
        print(f"reading: {reading}")
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
    history, told = _timed(replace(trained.past).history)
    signals = trained.model.signals
    examples, made = _timed(lambda: Examples.of(trained.past.inspected, history, signals))
    alone = {"history": told, "signals of all outcomes": made}
    for name, took in (alone | plain_fits(trained, examples, settings)).items():
        ratio, share = (training.processor / took.processor, took.processor / training.processor)
        print(f"{name}: {took}; the training takes {ratio:.1f} times, so this is {share:.0%} of it")


def plain_fits(trained: Trained, examples: Examples, settings: Settings) -> dict[str, "Took"]:
    """What LightGBM takes on the ready matrix, by what is fitted."""
    known_on = trained.past.inspected["known_on"]
    trees = int(trained.model.about["trees"])
    fit = partial(fitted, signals=trained.model.declared_signals)
    plain = replace(settings, members=1)
    early = examples.where(trained.periods.fit(trained.past.inspected))
    folds = [
        (known_on < pd.Timestamp(start)).to_numpy() for start in trained.evaluation.trial.starts
    ]
    one = _timed(lambda: fit(examples, settings=plain, trees=trees))[1]
    keep = _timed(lambda: fit(examples, settings=settings, trees=trees))[1]
    most = trees + settings.patience
    whole = _timed(lambda: fit(early, settings=settings, trees=most))[1] + keep
    for known in folds:
        rows = examples.where(known)
        whole += _timed(lambda rows=rows: fit(rows, settings=settings, trees=trees))[1]
    return {
        "one plain fit of one booster": one,
        f"one plain fit of {settings.members} boosters": keep,
        f"all {2 + len(folds)} fits of {settings.members} boosters": whole,
    }


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
