"""Why a shipment has its risk: families and signals with what each added, strongest first."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypedDict

import numpy as np

from shiprisk.features import FAMILIES, RED_FLAGS, Block, Signal, known, not_so

from .collecting import uncollected
from .ranking import ranked
from .sentences import Wording


class Reason(TypedDict):
    """One signal's part in a risk.

    value: the signal's number, None where it was not known. contribution: log-odds that it added.
    evidence: what the sentence names, unformatted: numbers, text, days as ISO text, None where not
    known; by it the sentence can be told in another language. flags: ids of the red flags that
    stand, only where the signal raises the risk.
    """

    signal: str
    family: str
    value: float | None
    contribution: float
    sentence: str
    evidence: dict[str, Any]
    flags: list[str]


class Told(NamedTuple):
    """Of each row the log-odds that each family added, and the reasons shown, strongest first."""

    families: list[dict[str, float]]
    reasons: list[list[Reason]]


class Teller:
    """Tells why, in the words of a model's signals."""

    def __init__(self, signals: Sequence[Signal]) -> None:
        self._signals = signals
        self._wordings = [Wording(signal) for signal in signals]
        self._family = np.array([FAMILIES.index(signal.family) for signal in signals])

    def told(self, block: Block, contributions: np.ndarray, most: int | None) -> Told:
        """The families and reasons of each row of a block.

        contributions: rows × signals, log-odds. most: how many reasons to show (see `ranked`). The
        families and the base sum to the raw score, whatever is shown.
        """
        found = ranked(contributions, self._family, len(FAMILIES), most)
        if block.rows == 1:
            places = found.places[0].tolist()
            reasons = [[self._one(at, block, contributions[0, at]) for at in places if at >= 0]]
            return Told(_by_family(found.sums), reasons)
        with uncollected():
            reasons = self._of_rows(block, contributions, found.places)
            return Told(_by_family(found.sums), reasons)

    def _one(self, at: int, block: Block, added: float) -> Reason:
        """The same as `_of_signal` of a record alone, whose values are no arrays."""
        signal = self._signals[at]
        value = float(block.values(signal.name))  # some signals count in whole numbers
        flags = [flag for flag in signal.flags if added > 0 and _stands(flag, signal, block)]
        sentence, evidence = self._wordings[at].one(block)
        return {
            "signal": signal.name,
            "family": signal.family,
            "value": None if value != value else value,
            "contribution": float(added),
            "sentence": sentence,
            "evidence": evidence,
            "flags": flags,
        }

    def _of_rows(
        self, block: Block, contributions: np.ndarray, places: np.ndarray
    ) -> list[list[Reason]]:
        rows, at = np.nonzero(places >= 0)
        columns = places[rows, at]
        made = np.empty(len(rows), dtype=object)
        for column, these in enumerate(_by_number(columns, len(self._signals))):
            if len(these):
                made[these] = self._of_signal(column, block, rows[these], contributions)
        ends = np.cumsum(np.bincount(rows, minlength=block.rows)).tolist()
        reasons = made.tolist()
        return [reasons[start:end] for start, end in pairwise([0, *ends])]

    def _of_signal(
        self, column: int, block: Block, rows: np.ndarray, contributions: np.ndarray
    ) -> list[Reason]:
        signal = self._signals[column]
        added = contributions[rows, column]
        values = [None if value != value else value for value in block.told(signal.name, rows)]
        said = self._wordings[column].each(block, rows)
        name, family = signal.name, signal.family
        return [
            {
                "signal": name,
                "family": family,
                "value": value,
                "contribution": by,
                "sentence": sentence,
                "evidence": evidence,
                "flags": flags,
            }
            for value, by, sentence, evidence, flags in zip(
                values, added.tolist(), *said, _flags(signal, block, rows, added), strict=True
            )
        ]


def _by_family(sums: np.ndarray) -> list[dict[str, float]]:
    return [dict(zip(FAMILIES, row, strict=True)) for row in sums.tolist()]


def _by_number(numbers: np.ndarray, most: int) -> list[np.ndarray]:
    """Where each number from 0 to below `most` stands."""
    ends = np.cumsum(np.bincount(numbers, minlength=most))
    return np.split(np.argsort(numbers, kind="stable"), ends[:-1])


def _flags(signal: Signal, block: Block, rows: np.ndarray, added: np.ndarray) -> list[list[str]]:
    """The red flags that stand in each of the rows."""
    standing = [(flag, (added > 0) & _stands(flag, signal, block)[rows]) for flag in signal.flags]
    flags: list[list[str]] = [[] for _ in rows]
    for flag, stands in standing:
        for at in np.flatnonzero(stands).tolist():
            flags[at].append(flag)
    return flags


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
