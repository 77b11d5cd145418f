"""Why a shipment has its risk: signals with what each added, strongest first."""

from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from shiprisk.features import RED_FLAGS, Block, Signal

from .sentences import sentences


class Reason(TypedDict):
    """One signal's part in a risk.

    value: the signal's number, None where it was not known. contribution: log-odds that it added.
    flags: ids of the red flags that stand, only where the signal raises the risk.
    """

    signal: str
    family: str
    value: float | None
    contribution: float
    sentence: str
    flags: list[str]


def reasons(
    signals: Sequence[Signal], block: Block, contributions: np.ndarray, most: int | None
) -> list[list[Reason]]:
    """The reasons of each row of a block, strongest first; at most so many, None for all.

    contributions: rows × signals, log-odds. Signals that moved nothing are left out; with none cut
    off, the rest and the base sum to the raw score.
    """
    shown = _strongest(contributions, most)
    by_place = np.empty(shown.shape, dtype=object)
    for column, signal in enumerate(signals):
        rows, places = np.nonzero(shown == column)
        if len(rows):
            by_place[rows, places] = _of_signal(signal, block, rows, contributions[rows, column])
    return [[reason for reason in row if reason is not None] for row in by_place]


def _strongest(contributions: np.ndarray, most: int | None) -> np.ndarray:
    """Columns by falling strength, rows × places; -1 where nothing was added."""
    strength = np.abs(contributions)
    order = np.argsort(-strength, axis=1, kind="stable")[:, :most]
    moved = np.take_along_axis(strength, order, axis=1) > 0
    return np.where(moved, order, -1)


def _of_signal(signal: Signal, block: Block, rows: np.ndarray, added: np.ndarray) -> np.ndarray:
    made = np.empty(len(rows), dtype=object)
    values = block[signal.name][rows].tolist()
    told = sentences(signal, block, rows)
    standing = _standing(signal, block, rows, added)
    for at, (value, by, sentence) in enumerate(zip(values, added.tolist(), told, strict=True)):
        made[at] = Reason(
            signal=signal.name,
            family=signal.family,
            value=None if value != value else value,
            contribution=by,
            sentence=sentence,
            flags=[flag for flag, stands in standing.items() if stands[at]],
        )
    return made


def _standing(
    signal: Signal, block: Block, rows: np.ndarray, added: np.ndarray
) -> dict[str, np.ndarray]:
    """For which rows each red flag of a signal stands: it raises the risk, and the flag holds.

    A flag without a condition of its own holds where the signal has found something.
    """
    raises = added > 0
    if not signal.flags or not raises.any():
        return {}
    found = _found(signal, block[signal.name][rows])
    conditions = {flag: RED_FLAGS[flag].stands for flag in signal.flags}
    return {
        flag: raises & (block[condition][rows] > 0 if condition else found)
        for flag, condition in conditions.items()
    }


def _found(signal: Signal, values: np.ndarray) -> np.ndarray:
    """Where a signal has found what it looks for: its value is known, and not one of nothing."""
    if signal.risk == "rises":
        return values > 0
    nothing = (values == 0) & (signal.risk == "either") & bool(signal.otherwise)
    return ~np.isnan(values) & ~nothing
