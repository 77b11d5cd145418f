"""Where the time of a score goes, on simulated records. One command:

    .venv/bin/python benchmarks/scoring.py

Shares of the same run, against LightGBM's plain prediction of the same rows as 1.
"""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from shiprisk.features import read_records, signal_matrix, validated
from shiprisk.serving import Scorer
from shiprisk.serving.reasons import reasons
from shiprisk.training import Settings, simulate, train

ROWS = 20_000


def main() -> None:
    """Train on simulated records, then time each step of scoring a block of them."""
    with tempfile.TemporaryDirectory() as directory:
        simulate(Path(directory), 60_000, 0)
        records = read_records(directory)
    trained = train(records, Settings())
    scorer = Scorer(trained.model, trained.history)
    model, declarations = trained.model, records.declarations.iloc[:ROWS]
    matrix, signals = _timed(
        lambda: signal_matrix(scorer.history.block(declarations), model.signals)
    )
    block = scorer.history.block(declarations)
    contributions, explained = _timed(lambda: model.contributions(matrix))
    _, predicted = _timed(lambda: model.risk(matrix))
    told_by = partial(reasons, model.declared_signals, block, contributions[:, :-1])
    told = {most: _timed(partial(told_by, most))[1] for most in (None, 5)}
    _, checked = _timed(lambda: validated(declarations))
    some = declarations.sample(300, random_state=0).assign(
        declared_on=lambda x: x["declared_on"].dt.date
    )
    alone, frame = _alone(scorer, [row.dropna().to_dict() for _, row in some.iterrows()])
    print(f"{ROWS:,} records, {model.about['trees']} trees, {len(model.signals)} signals")
    for name, took in {
        "validation": checked,
        "signals": signals,
        "plain prediction": predicted,
        "exact contributions": explained,
        "all reasons in words": told[None],
        "five reasons in words": told[5],
    }.items():
        print(f"{name:36} {took / predicted:7.1f}   {took / ROWS * 1e6:7.1f} µs a record")
    print(f"one record alone, from dict to dict with all reasons: median {alone * 1e3:.2f} ms")
    print(f"meanwhile pandas made a frame of it in {frame * 1e3:.2f} ms")


def _alone(scorer: Scorer, records: list[dict[str, Any]]) -> tuple[float, float]:
    """Medians of a score of one record, and of a frame made of it."""
    took: dict[str, list[float]] = {"score": [], "frame": []}
    for record in records:
        for name, work in (("score", scorer.score_one), ("frame", lambda x: pd.DataFrame([x]))):
            started = time.perf_counter()
            work(record)
            took[name].append(time.perf_counter() - started)
    return float(np.median(took["score"])), float(np.median(took["frame"]))


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
