"""Frames of figures as Markdown tables."""

from collections.abc import Callable

import pandas as pd


def as_table(frame: pd.DataFrame, first: str, shown: Callable[[object], str] | None = None) -> str:
    """A frame as a Markdown table; shown: how a cell is written, else as a share."""
    written = shown or share
    lines = [f"| {first} | {' | '.join(map(str, frame.columns))} |"]
    lines.append("|---" + "|---:" * frame.shape[1] + "|")
    for name, row in frame.iterrows():
        lines.append(f"| {name} | {' | '.join(map(written, row))} |")
    return "\n".join(lines)


def share(value: object) -> str:
    """Three decimals, or a dash where there is no value."""
    return f"{value:.3f}" if pd.notna(value) else "–"


def with_intervals(intervals: pd.DataFrame) -> pd.DataFrame:
    """Figures with their intervals as text: a row per selector or pair, a column per capacity."""
    written = intervals.apply(
        lambda row: f"{row['figure']:.3f} ({row['low']:.3f} to {row['high']:.3f})", axis=1
    )
    return written.unstack(sort=False)
