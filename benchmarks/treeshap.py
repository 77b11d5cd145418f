"""Exact contributions beside what else computes them, on the same boosters. One command:

    .venv/bin/python benchmarks/treeshap.py

LightGBM is 1. `woodelf-explainer` and `fasttreeshap-fixed` take part where they are
installed; shiprisk does not need them. Ways that gain nothing from many rows are given fewer.
"""

import io
import os
import statistics
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from importlib.util import find_spec

import lightgbm as lgb
import numpy as np
import pandas as pd

from shiprisk.models import TreeShap

SIGNALS, ROWS, FEW_ROWS, ROUNDS = 60, 10_000, 500, 3
SHAPES = ((300, 31, 6), (500, 63, 8), (500, 15, 4))  # trees, leaves, depth

Way = Callable[[np.ndarray], np.ndarray]


def main() -> None:
    """Time every way on every shape of booster."""
    for trees, leaves, depth in SHAPES:
        print(f"\n{trees} trees, {leaves} leaves, depth {depth}, {SIGNALS} signals")
        compared(booster(trees, leaves, depth))


def booster(trees: int, leaves: int, depth: int) -> lgb.Booster:
    """A booster trained on numbers of which a tenth are missing."""
    random = np.random.default_rng(0)
    matrix = drawn(random, 20_000)
    known = np.nan_to_num(matrix)
    score = known[:, :10].sum(axis=1) + known[:, 10] * known[:, 11]
    labels = score + random.normal(size=len(matrix)) > 1
    shape = {"num_leaves": leaves, "max_depth": depth, "feature_fraction": 0.5}
    settings = {"objective": "binary", "learning_rate": 0.05, "verbosity": -1, "num_threads": 1}
    return lgb.train(settings | shape, lgb.Dataset(matrix, labels.astype(int)), trees)


def drawn(random: np.random.Generator, rows: int) -> np.ndarray:
    """Rows of numbers, a tenth of them missing."""
    matrix = random.normal(size=(rows, SIGNALS))
    matrix[random.random(matrix.shape) < 0.1] = np.nan
    return matrix


def compared(trained: lgb.Booster) -> None:
    """Print what each way costs, and how far it is from LightGBM."""
    matrix = drawn(np.random.default_rng(1), ROWS)
    started = time.process_time()
    explainer = TreeShap(trained)
    made = time.process_time() - started
    print(f"  worked out beforehand in {made * 1e3:.0f} ms, {explainer.nbytes / 1e6:.1f} MB")
    explainer.contributions(matrix[:1])  # compiles, or reads what was compiled
    expected = trained.predict(matrix[:FEW_ROWS], pred_contrib=True)[:, :-1]

    print(f"  {'one thread, processor time':40} {'µs a row':>9} {'ratio':>7}")
    alone = {
        "LightGBM": (partial(lightgbm, trained, 1), FEW_ROWS),
        "shiprisk": (partial(explainer.contributions, threads=1), ROWS),
    }
    told({name: _least(time.process_time, alone, name, matrix) for name in alone})

    print(f"  {f'{os.cpu_count()} cores, time on the clock':40} {'µs a row':>9} {'ratio':>7}")
    ways = {
        "LightGBM": (partial(lightgbm, trained, 0), FEW_ROWS),
        "shiprisk": (explainer.contributions, ROWS),
        **others(trained),
    }
    clocked = {name: _least(time.perf_counter, ways, name, matrix) for name in ways}
    far = {
        name: np.abs(way(matrix[:FEW_ROWS])[:, :SIGNALS] - expected).max()
        for name, (way, _) in ways.items()
    }
    told(clocked, {name: f"differs by {largest:.0e}" for name, largest in far.items()})

    print(f"  {'one row, median on the clock':40} {'µs':>9} {'ratio':>7}")
    ways["LightGBM"] = (partial(lightgbm, trained, 1), FEW_ROWS)
    told({name: one_row(way, matrix) for name, (way, _) in ways.items()})


def lightgbm(trained: lgb.Booster, threads: int, rows: np.ndarray) -> np.ndarray:
    """The peer that all are measured by."""
    return trained.predict(rows, pred_contrib=True, num_threads=threads)


def others(trained: lgb.Booster) -> dict[str, tuple[Way, int]]:
    """The other ways there are, as far as they are installed, and how many rows they are given."""
    import shap

    ways: dict[str, tuple[Way, int]] = {"shap": (shap.TreeExplainer(trained).shap_values, FEW_ROWS)}
    if find_spec("woodelf"):
        from woodelf import WoodelfExplainer

        def woodelf(rows: np.ndarray) -> np.ndarray:
            frame, said = pd.DataFrame(rows, columns=trained.feature_name()), io.StringIO()
            with redirect_stdout(said), redirect_stderr(said):  # a bar of its progress
                return np.asarray(WoodelfExplainer(trained).shap_values(frame))

        ways["woodelf"] = (woodelf, ROWS)
    if find_spec("fasttreeshap_fixed"):
        import fasttreeshap_fixed

        for algorithm in ("v1", "v2"):
            explainer = fasttreeshap_fixed.TreeExplainer(trained, algorithm=algorithm, n_jobs=-1)
            few_or_many = ROWS if algorithm == "v2" else FEW_ROWS
            ways[f"fasttreeshap {algorithm}"] = (
                partial(explainer.shap_values, check_additivity=False),
                few_or_many,
            )
    return ways


def _least(
    clock: Callable[[], float],
    ways: dict[str, tuple[Way, int]],
    name: str,
    matrix: np.ndarray,
) -> float:
    """Seconds a row, the least of three rounds, or of as many as take 20 s."""
    way, rows = ways[name]
    took: list[float] = []
    while len(took) < ROUNDS and sum(took) * rows < 20:
        started = clock()
        way(matrix[:rows])
        took.append((clock() - started) / rows)
    return min(took)


def one_row(way: Way, matrix: np.ndarray) -> float:
    """Seconds for a row alone, at the median, within about a second."""
    took: list[float] = []
    while sum(took) < 1 and len(took) < 300:
        row = matrix[len(took) : len(took) + 1]
        started = time.perf_counter()
        way(row)
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def told(seconds: dict[str, float], more: dict[str, str] | None = None) -> None:
    """Print one line for each way, with its speed beside LightGBM's."""
    for name, took in seconds.items():
        ratio = seconds["LightGBM"] / took
        print(f"    {name:38} {took * 1e6:9.1f} {ratio:7.1f}  {(more or {}).get(name, '')}")


if __name__ == "__main__":
    main()
