"""How far risks lie from the truth, and how much of that chance alone makes of few firms."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_GROUPS, _DRAWS = 10, 200


@dataclass(frozen=True)
class Gaps:
    """Risks beside what inspection would find, in ten groups of equal size ordered by risk.

    said, found: means over all rows. error: the mean gap of a group, without its sign (expected
    calibration error). by_chance: the same for risks that are right for each group, since a few
    firms differ from what firms like them do on average. squared: the mean squared gap less what
    chance adds to it; below zero where chance happened to do less than usual.
    """

    rows: int
    said: float
    found: float
    error: float
    by_chance: float
    squared: float


def gaps(found: np.ndarray, risk: np.ndarray, firms: np.ndarray) -> Gaps:
    """Measure the gaps. firms: whose shipment each is; those of one firm err together."""
    group = np.empty(len(risk), dtype=np.int64)
    for number, rows in enumerate(np.array_split(np.argsort(risk, kind="stable"), _GROUPS)):
        group[rows] = number
    size = np.bincount(group, minlength=_GROUPS)
    total = np.bincount(group, found - risk, _GROUPS)
    off = _by_firm(found - risk - (total / np.maximum(size, 1))[group], group, firms)
    noise = (off**2).sum(axis=0)
    coins = np.random.default_rng(0).choice([-1.0, 1.0], (_DRAWS, len(off)))
    return Gaps(
        len(risk),
        float(risk.mean()),
        float(found.mean()),
        float(abs(total).sum() / len(risk)),
        float(abs(coins @ off).sum(axis=1).mean() / len(risk)),
        float(((total**2 - noise) / np.maximum(size, 1)).sum() / len(risk)),
    )


def without_chance(several: Sequence[Gaps]) -> float:
    """The root of the mean squared gap over worlds, less what chance adds: no smaller than the
    mean gap would be without chance."""
    return float(np.sqrt(max(0.0, float(np.mean([one.squared for one in several])))))


def _by_firm(off: np.ndarray, group: np.ndarray, firms: np.ndarray) -> np.ndarray:
    """What the shipments of each firm are off by in each group, added up: firms × groups.

    Off by the mean of their group they vary too little, the more so the fewer firms are in it.
    """
    names, firm = np.unique(firms, return_inverse=True)
    cells = firm * _GROUPS + group
    totals, shipments = (
        np.bincount(cells, of, len(names) * _GROUPS).reshape(len(names), _GROUPS)
        for of in (off, np.ones(len(off)))
    )
    count = (shipments > 0).sum(axis=0)
    return totals * np.sqrt(count / np.maximum(count - 1, 1))
