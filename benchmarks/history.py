"""A trailing count of a million records: the history against pandas' rolling windows.

    .venv/bin/python benchmarks/history.py [ROWS]

Same work in one process: how many declarations the firm made in the 90 days before each one's day.
Building the history is part of its time; a single look-up afterwards is timed apart.
"""

import sys
import time

import numpy as np
import pandas as pd

from shiprisk.features import History, Trailing

NODES = {"count": Trailing(by=("trader_id",), days=90)}


def main(rows: int) -> None:
    """Time both, check that they agree, print the ratio."""
    frame = _records(rows)
    started = time.perf_counter()
    history = History(NODES).extended(frame)
    built = time.perf_counter()
    ours = history.block(frame)["count"]
    looked_up = time.perf_counter()
    theirs = _rolling(frame)
    rolled = time.perf_counter()
    assert np.array_equal(ours, theirs), "both must count alike"
    alone = min(_one(history, frame.iloc[[at]]) for at in range(0, rows, rows // 50))
    own, peer = looked_up - started, rolled - looked_up
    print(f"{rows:,} records, {frame['trader_id'].nunique():,} firms")
    print(f"history: {built - started:.2f} s to build, {looked_up - built:.2f} s to look up")
    print(f"pandas groupby().rolling('90D', closed='left'): {peer:.2f} s")
    print(f"ratio history / pandas: {own / peer:.3f}; one record alone: {alone * 1e6:.0f} µs")


def _records(rows: int) -> pd.DataFrame:
    """Declarations over three years by firms of very different size."""
    generator = np.random.default_rng(0)
    firms = (generator.pareto(1.1, rows) * 20).astype(int) % 50_000
    days = np.sort(generator.integers(0, 3 * 365, rows))
    return pd.DataFrame(
        {
            "trader_id": pd.Series(firms.astype(str), dtype="str"),
            "declared_on": pd.Timestamp("2022-01-01") + pd.to_timedelta(days, "D"),
        }
    )


def _rolling(frame: pd.DataFrame) -> np.ndarray:
    """The same count with pandas. Rows of one day must not see each other: count per day first."""
    daily = frame.groupby(["trader_id", "declared_on"], sort=True).size().rename("count")
    windows = daily.reset_index("trader_id").groupby("trader_id")["count"]
    counted = windows.rolling("90D", closed="left").sum().fillna(0)
    asked = pd.MultiIndex.from_frame(frame[["trader_id", "declared_on"]])
    return counted.reindex(asked).to_numpy()


def _one(history: History, record: pd.DataFrame) -> float:
    block = history.block(record)
    block.hashed("trader_id")
    started = time.perf_counter()
    block["count"]
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
