"""Why a shipment has its risk: signals with what each added, strongest first."""

from collections.abc import Sequence
from typing import Any, TypedDict

import numpy as np

from shiprisk.features import RED_FLAGS, Block, Signal, known, not_so

from .sentences import sentences

_FIRST = np.zeros(1, dtype=np.int64)


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
    if block.rows == 1:
        return [[_of_one(signals[at], block, contributions[0, at]) for at in shown[0] if at >= 0]]
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


def _of_one(signal: Signal, block: Block, added: float) -> Reason:
    """The same as `_of_signal` of a record alone, whose values are no arrays."""
    value = float(block.values(signal.name))  # some signals count in whole numbers
    (sentence,) = sentences(signal, block, _FIRST)
    flags = [flag for flag in signal.flags if added > 0 and _stands(flag, signal, block)]
    return _reason(signal, value, float(added), sentence, flags)


def _of_signal(signal: Signal, block: Block, rows: np.ndarray, added: np.ndarray) -> np.ndarray:
    made = np.empty(len(rows), dtype=object)
    values = block.told(signal.name, rows)
    told = sentences(signal, block, rows)
    standing = {f: (added > 0) & _stands(f, signal, block)[rows] for f in signal.flags}
    for at, (value, by, sentence) in enumerate(zip(values, added.tolist(), told, strict=True)):
        flags = [flag for flag, stands in standing.items() if stands[at]]
        made[at] = _reason(signal, value, by, sentence, flags)
    return made


def _reason(signal: Signal, value: float, added: float, sentence: str, flags: list[str]) -> Reason:
    return Reason(
        signal=signal.name,
        family=signal.family,
        value=None if value != value else value,
        contribution=added,
        sentence=sentence,
        flags=flags,
    )


def _stands(flag: str, signal: Signal, block: Block) -> Any:
    """Where the condition of a red flag holds; without one, where the signal found something."""
    condition = RED_FLAGS[flag].stands
    return block.values(condition) > 0 if condition else _found(signal, block.values(signal.name))


def _found(signal: Signal, values: Any) -> Any:
    """Where a signal has found what it looks for: its value is known, and not one of nothing."""
    if signal.risk == "rises":
        return values > 0
    nothing = (values == 0) & (signal.risk == "either") & bool(signal.otherwise)
    return known(values) & not_so(nothing)
