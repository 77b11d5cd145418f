"""A day's capacity in whole slots, and who gets them with which probability."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

# Numbers of a part beyond so many decimals are rounding of the machine.
_DECIMALS = 9

NOT_CHOSEN, BY_MODEL, AT_RANDOM = -1, 0, 1


class Chosen(NamedTuple):
    """What a day's capacity went to.

    route: of each shipment. probability: of each to be chosen by whichever route. named_random: the
    probability to be named random, the same for all of the day.
    """

    route: np.ndarray
    probability: np.ndarray
    named_random: float


@dataclass(frozen=True)
class Day:
    """The shipments of a day in the order of the day's list.

    by_risk, by_uncertainty: their places, first those to choose first. draws: a number from 0 to 1
    of each that says nothing else.
    """

    by_risk: np.ndarray
    by_uncertainty: np.ndarray
    draws: np.ndarray

    def chosen(self, parts: Sequence[float], draw: float) -> "Chosen":
        """By which route each is chosen, and with which probability.

        parts: how many go to the riskiest, to the most uncertain and to chance, in the mean. draw:
        the day's number from 0 to 1, which decides how parts of a slot are rounded. Probabilities
        are over both kinds of numbers, and add up to the sum of the parts.
        """
        size, ways = len(self.draws), list(roundings(parts))
        until = np.cumsum([chance for chance, _ in ways])
        drawn = min(int(np.searchsorted(until, draw, "right")), len(ways) - 1)
        probability, route = np.zeros(size), np.full(size, NOT_CHOSEN)
        named_random = 0.0
        for at, (chance, (riskiest, uncertain, at_random)) in enumerate(ways):
            sure = self._sure(riskiest, uncertain)
            rate = at_random / max(size - int(sure.sum()), 1)
            probability += chance * np.where(sure, 1.0, rate)
            named_random += chance * rate
            if at == drawn:
                route = self._routes(sure, rate, at_random)
        return Chosen(route, np.minimum(probability, 1.0), min(named_random, 1.0))

    def _sure(self, riskiest: int, uncertain: int) -> np.ndarray:
        """Who is chosen without chance: the riskiest, then the most uncertain of the others."""
        sure = np.zeros(len(self.draws), dtype=bool)
        sure[self.by_risk[:riskiest]] = True
        others = self.by_uncertainty[~sure[self.by_uncertainty]]
        sure[others[:uncertain]] = True
        return sure

    def _routes(self, sure: np.ndarray, rate: float, at_random: int) -> np.ndarray:
        """The routes once the slots are whole.

        One who is chosen without chance is named random as often as the others are drawn, so that
        those named random are a fair sample of all of the day.
        """
        route = np.where(sure, np.where(self.draws < rate, AT_RANDOM, BY_MODEL), NOT_CHOSEN)
        others = np.flatnonzero(~sure)
        drawn = others[np.argsort(self.draws[others], kind="stable")[:at_random]]
        route[drawn] = AT_RANDOM
        return route


def roundings(parts: Sequence[float]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Ways to round parts to whole numbers with the chance of each; in the mean they are the parts.

    Each way sums to the sum of the parts, rounded down or up.
    """
    ends = np.round(np.cumsum(parts), _DECIMALS)
    edges = sorted({0.0, 1.0, *(1 - ends % 1).tolist()})
    for low, high in pairwise(edges):
        whole = np.floor(ends + (low + high) / 2).astype(int)
        yield high - low, tuple(np.diff(whole, prepend=0).tolist())
