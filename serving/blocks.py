"""Declarations that come in parts, because they are too many for memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd


def days_of(declarations: pd.DataFrame) -> np.ndarray:
    """The day of each declaration, datetime64[D]."""
    return declarations["declared_on"].to_numpy().astype("datetime64[D]")


@dataclass(frozen=True)
class Between:
    """The declarations after one day and before another, as often as they are gone through."""

    parts: Iterable[pd.DataFrame]
    after: np.datetime64
    before: np.datetime64

    def __iter__(self) -> Iterator[pd.DataFrame]:
        for part in self.parts:
            days = days_of(part)
            inside = (days > self.after) & (days < self.before)
            if inside.any():
                yield part[inside]


def in_blocks(parts: Iterable[pd.DataFrame], rows: int, start: int = 0) -> Iterator[pd.DataFrame]:
    """Blocks of so many rows, the last of fewer, from a row among all on; on the same index."""
    waiting: list[pd.DataFrame] = []
    for part in parts:
        skipped = min(start, len(part))
        start -= skipped
        waiting.append(part.iloc[skipped:])
        if sum(map(len, waiting)) < rows:
            continue
        whole = _whole(waiting)
        full = len(whole) - len(whole) % rows
        yield from (whole.iloc[at : at + rows] for at in range(0, full, rows))
        waiting = [whole.iloc[full:]]
    if sum(map(len, waiting)):
        yield _whole(waiting)


def _whole(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return frames[0] if len(frames) == 1 else pd.concat(frames)
