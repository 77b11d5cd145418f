"""Which reasons are shown, and in which order."""

from typing import NamedTuple

import numpy as np
from numba import njit

MOST_REASONS = 5


class Ranked(NamedTuple):
    """What moved each row.

    places: rows × places, the column of the signal shown there, strongest first, -1 where there is
    none. sums: rows × families, log-odds that the signals of each family added together.
    """

    places: np.ndarray
    sums: np.ndarray


def ranked(
    contributions: np.ndarray, family: np.ndarray, families: int, most: int | None
) -> Ranked:
    """The signals to show of each row: by family, then by strength.

    Signals of a family often say the same in other words, so that one rank for each family holds
    where the ranks of its signals waver. most: at most so many that raise the risk, half as many of
    one family, and half as many that lower it; None shows all that moved anything.
    contributions: rows × signals, log-odds. family: of each signal, its family's number.
    """
    signals = contributions.shape[1]
    half = signals if most is None else max(1, most // 2)
    raising = signals if most is None else most
    return Ranked(*_ranked(contributions, family, families, min(raising, signals), half))


@njit(cache=True)
def _ranked(contributions, family, families, raising, half):  # type: ignore[no-untyped-def]
    rows, signals = contributions.shape
    places = np.full((rows, min(raising + half, signals)), -1, dtype=np.int64)
    sums = np.zeros((rows, families))
    for row in range(rows):
        added = contributions[row]
        for column in range(signals):
            sums[row, family[column]] += added[column]
        strength = np.abs(added)
        kept, shown = np.empty(places.shape[1], dtype=np.int64), 0
        up, down = 0, 0
        up_of, down_of = np.zeros(families, np.int64), np.zeros(families, np.int64)
        while shown < len(kept):
            column = np.argmax(strength)  # few are shown: quicker than to sort all
            if strength[column] == 0:
                break
            strength[column], of = 0.0, family[column]
            if added[column] > 0 and up < raising and up_of[of] < half:
                up, up_of[of] = up + 1, up_of[of] + 1
            elif added[column] < 0 and down < half and down_of[of] < half:
                down, down_of[of] = down + 1, down_of[of] + 1
            else:
                continue
            kept[shown] = column
            shown += 1
        at = 0
        for of in np.argsort(-np.abs(sums[row]), kind="mergesort"):
            for column in kept[:shown]:
                if family[column] == of:
                    places[row, at] = column
                    at += 1
    return places, sums
