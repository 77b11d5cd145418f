"""Where the time of a score goes, on simulated records. One command:

    .venv/bin/python benchmarks/scoring.py

A block of records as shares of LightGBM's plain prediction of the same rows; one record alone in
milliseconds beside what pandas takes to make a frame of it.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from shiprisk.features import checked_record, read_records, signal_matrix, validated
from shiprisk.serving import Scorer
from shiprisk.serving.advice import below
from shiprisk.serving.reasons import Teller
from shiprisk.training import Settings, simulate, train

ROWS, ALONE = 20_000, 300


def main() -> None:
    """Train on simulated records, then time each step of scoring many of them and one."""
    with tempfile.TemporaryDirectory() as directory:
        simulate(Path(directory), 60_000, 0)
        records = read_records(directory)
    trained = train(records, Settings())
    scorer = Scorer(trained.model, trained.history)
    print(f"{trained.model.about['trees']} trees, {len(trained.model.signals)} signals")
    many(scorer, records.declarations.iloc[:ROWS])
    alone(scorer, records.declarations.sample(ALONE, random_state=0))


def many(scorer: Scorer, declarations: pd.DataFrame) -> None:
    """Print what each step of a block takes."""
    model, teller = scorer.model, Teller(scorer.model.declared_signals)
    matrix, signals = _timed(
        lambda: signal_matrix(scorer.history.block(declarations), model.signals)
    )
    block = scorer.history.block(declarations)
    added, explained = _timed(lambda: model.contributions(matrix)[:, :-1])
    _, predicted = _timed(lambda: model.risk(matrix))
    steps = {
        "validation": _timed(lambda: validated(declarations))[1],
        "signals": signals,
        "exact contributions": explained,
        "five reasons for and two against in words": _timed(partial(teller.told, block, added, 5))[
            1
        ],
        "all reasons in words": _timed(partial(teller.told, block, added, None))[1],
    }
    for name, took in steps.items():
        print(f"{name:44} {took / predicted:7.1f}   {took / len(declarations) * 1e6:7.1f} µs")


def alone(scorer: Scorer, declarations: pd.DataFrame) -> None:
    """Print the median of each step of one record."""
    records = [_plain(row) for _, row in declarations.iterrows()]
    scores = [scorer.score_one(record) for record in records]
    model, teller = scorer.model, Teller(scorer.model.declared_signals)
    values = [checked_record(record).values for record in records]
    blocks = [scorer.history.block(value) for value in values]
    fresh = [scorer.history.block(value) for value in values]
    matrices = [signal_matrix(block, model.signals) for block in blocks]
    added = [model.contributions(matrix)[:, :-1] for matrix in matrices]
    told = list(zip(blocks, added, strict=True))
    risky = [at for at, score in enumerate(scores) if score["lane"] != "green"]
    line = model.lanes.yellow
    parts: dict[str, tuple[Callable[[Any], Any], Sequence[Any]]] = {
        "validation": (checked_record, records),
        "signals": (lambda block: signal_matrix(block, model.signals), fresh),
        "exact contributions": (model.contributions, matrices),
        "risk, with and without nationality": (model.risks, matrices),
        "reasons in words": (lambda one: teller.told(*one, 5), told),
        "similar shipments": (
            lambda one: model.similar(one[1][0], one[0]["declared_on"][0], "", 5), told,
        ),
        "what brings it below its line (if not green)": (
            lambda at: below(model, matrices[at][0], added[at][0], line), risky,
        ),
        "all, from dict to dict": (scorer.score_one, records),
        "all, of those not green": (scorer.score_one, [records[at] for at in risky]),
        "pandas, to make a frame of it": (lambda record: pd.DataFrame([record]), records),
    }  # fmt: skip
    print(f"\n{len(records)} records alone, medians ({len(risky)} are not green)")
    for name, (work, each) in parts.items():
        print(f"{name:44} {_median(work, each) * 1e3:7.3f} ms")


def _plain(row: pd.Series) -> dict[str, Any]:
    """A record as a caller would send it."""
    told = {name: value for name, value in row.items() if pd.notna(value)}
    return {
        str(name): value.date().isoformat() if isinstance(value, date) else value
        for name, value in told.items()
    }


def _median(work: Callable[[Any], Any], each: Sequence[Any]) -> float:
    took = []
    for one in each:
        started = time.perf_counter()
        work(one)
        took.append(time.perf_counter() - started)
    return float(np.median(took))


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """The result, and the least time of three."""
    took = []
    for _ in range(3):
        started = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - started)
    return result, min(took)


if __name__ == "__main__":
    main()
