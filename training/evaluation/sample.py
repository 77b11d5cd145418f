"""Inspected shipments that stand for all: by whom they were selected, and what each weighs.

Contract: `selection_probability` is the chance of being selected by the route that is named, and
`random` draws from all shipments, or from all that were not selected with certainty. A row that was
certain to be selected (probability 1) stands for itself alone. A tip comes because someone knew:
its chance is not known, and it stands for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..periods import LEAST
from .shares import Share, Weighted, kish

RANDOM, TIP = "random", "tip"

# Weights of a route that add up to less than this part of some shipments do not stand for them.
STANDS_FOR_ALL = 0.75


@dataclass(frozen=True)
class Sample:
    """Rows of a table of inspected shipments, by route; each route may stand for all shipments.

    rows: positions. route: the route of each as a number, 0 for the random part. inverse: the
    inverse of its selection probability; weights: the same, clipped. declarations: what was
    selected together, as numbers.
    """

    rows: np.ndarray
    route: np.ndarray
    inverse: np.ndarray
    weights: np.ndarray
    declarations: np.ndarray

    def share(self, hits: np.ndarray, among: np.ndarray, shipments: float = 0.0) -> Share:
        """The share of hits among those of all shipments for which a mask is true.

        hits, among: for all inspected shipments. shipments: how many there are among all, by which
        a route that does not reach them is told; the random part always counts.
        """
        return self.weighted(hits, among, shipments).share()

    def weighted(self, hits: np.ndarray, among: np.ndarray, shipments: float) -> Weighted:
        """The hits behind such a share, with their weights."""
        kept = self.among(among, shipments)
        return Weighted(hits[kept.rows].astype(float), kept.balanced, kept.declarations)

    def among(self, mask: np.ndarray, shipments: float) -> "Sample":
        """The rows among some shipments, of the routes that reach them."""
        kept = mask[self.rows]
        reached = np.bincount(
            self.route[kept], self.inverse[kept], minlength=self.route.max(initial=0) + 1
        )
        reaches = reached >= STANDS_FOR_ALL * shipments
        reaches[0] = True
        kept &= reaches[self.route]
        names = ("rows", "route", "inverse", "weights", "declarations")
        return Sample(*(getattr(self, name)[kept] for name in names))

    @property
    def balanced(self) -> np.ndarray:
        """Weights by which each route counts as many rows of equal weight as it is worth."""
        balanced = self.weights.astype(float)
        for one in np.unique(self.route):
            of = self.weights[self.route == one]
            balanced[self.route == one] = of / of.sum() * kish(of)
        return balanced

    @property
    def effective(self) -> float:
        """How many shipments of equal weight would say as much."""
        return kish(self.balanced)


def random_part(inspected: pd.DataFrame) -> Sample:
    """The rows that were selected at random, with those that were certain to be selected."""
    return _sample(inspected, [_fair(inspected)])


def every_route(inspected: pd.DataFrame, largest: float) -> Sample:
    """The random part, and every further route with a recorded chance.

    largest: no weight exceeds so many times the mean weight of its route, outside the random part.
    """
    return _sample(inspected, [_fair(inspected), *_further(inspected)], largest)


def standing_for_all(inspected: pd.DataFrame, labels: np.ndarray, largest: float) -> np.ndarray:
    """By how much each inspected shipment counts, so that they stand for all shipments.

    The inverse of its chance to be selected, at most `largest` times the mean of its route; nothing
    for a tip, which came because someone knew. One for each where no chances were recorded, or
    where the shipments that have one hold too few violations to say anything.
    """
    sample = every_route(inspected, largest)
    violations = labels[sample.rows].sum()
    if min(violations, len(sample.rows) - violations) < LEAST:
        return np.ones(len(inspected))
    weights = np.zeros(len(inspected))
    weights[sample.rows] = sample.balanced
    return weights


def _fair(inspected: pd.DataFrame) -> np.ndarray:
    by, chance = inspected["selected_by"], _chance(inspected)
    at_random = (by == RANDOM).to_numpy()
    if at_random.any() and not (chance[at_random] > 0).any():
        return at_random  # all with the same, unknown chance
    certain = (chance >= 1) & (by != TIP).to_numpy()
    return (at_random & (chance > 0)) | certain


def _further(inspected: pd.DataFrame) -> Iterator[np.ndarray]:
    by, chance = inspected["selected_by"], _chance(inspected)
    for route in sorted(set(by.dropna()) - {RANDOM, TIP}):
        yield (by == route).to_numpy() & (chance > 0) & (chance < 1)


def _sample(inspected: pd.DataFrame, routes: list[np.ndarray], largest: float = np.inf) -> Sample:
    rows = np.concatenate([np.flatnonzero(of) for of in routes])
    route = np.repeat(np.arange(len(routes)), [of.sum() for of in routes])
    chance = _chance(inspected)[rows]
    weights = np.divide(1.0, chance, out=np.ones(len(rows)), where=chance > 0)
    declarations, _ = pd.factorize(inspected["declaration_id"].to_numpy()[rows])
    return Sample(rows, route, weights, _clipped(weights, route, largest), declarations)


def _clipped(weights: np.ndarray, route: np.ndarray, largest: float) -> np.ndarray:
    """Weights with a limit; those of the random part (0) are a design, not a guess, and stay."""
    means = np.bincount(route, weights) / np.maximum(np.bincount(route), 1)
    return np.where(route == 0, weights, np.minimum(weights, largest * means[route]))


def _chance(inspected: pd.DataFrame) -> np.ndarray:
    return inspected["selection_probability"].to_numpy(dtype=float, na_value=np.nan)
