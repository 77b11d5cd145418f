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

from .shares import Share, kish, share

RANDOM, TIP = "random", "tip"

# A route whose weights add up to less than this part of all shipments does not reach all of them.
REACHES_ALL = 0.75


@dataclass(frozen=True)
class Sample:
    """Rows of a table of inspected shipments, with the weight of each, by route.

    rows: positions. weights: of the same length. route: the route of each, as a number; each route
    by itself stands for all shipments. declarations: what was selected together.
    """

    rows: np.ndarray
    weights: np.ndarray
    route: np.ndarray
    declarations: np.ndarray

    def share(self, hits: np.ndarray, among: np.ndarray) -> Share:
        """The share of hits among those of all shipments for which a mask is true.

        hits, among: for all inspected shipments. Routes count by how much they say here.
        """
        kept = among[self.rows]
        rows, route = self.rows[kept], self.route[kept]
        weights = _balanced(self.weights[kept], route)
        return share(hits[rows].astype(float), weights, self.declarations[kept])

    @property
    def balanced(self) -> np.ndarray:
        """The weights with each route counting by how much it says."""
        return _balanced(self.weights, self.route)

    @property
    def effective(self) -> float:
        """How many shipments of equal weight would say as much."""
        return kish(self.balanced)


def random_part(inspected: pd.DataFrame) -> Sample:
    """The rows that were selected at random, with those that were certain to be selected."""
    return _sample(inspected, [_fair(inspected)])


def every_route(inspected: pd.DataFrame, shipments: int, largest: float) -> Sample:
    """The random part and further routes with a recorded chance that reach all shipments.

    shipments: how many there were to select from. largest: no weight exceeds so many times the
    mean weight of its route, outside the random part.
    """
    return _sample(inspected, [_fair(inspected), *_reaching(inspected, shipments)], largest)


def _fair(inspected: pd.DataFrame) -> np.ndarray:
    by, chance = inspected["selected_by"], _chance(inspected)
    at_random = (by == RANDOM).to_numpy()
    if at_random.any() and not (chance[at_random] > 0).any():
        return at_random  # all with the same, unknown chance
    certain = (chance >= 1) & (by != TIP).to_numpy()
    return (at_random & (chance > 0)) | certain


def _reaching(inspected: pd.DataFrame, shipments: int) -> Iterator[np.ndarray]:
    by, chance = inspected["selected_by"], _chance(inspected)
    for route in sorted(set(by.dropna()) - {RANDOM, TIP}):
        rows = (by == route).to_numpy() & (chance > 0) & (chance < 1)
        if (1 / chance[rows]).sum() >= REACHES_ALL * shipments:
            yield rows


def _sample(inspected: pd.DataFrame, routes: list[np.ndarray], largest: float = np.inf) -> Sample:
    rows = np.concatenate([np.flatnonzero(of) for of in routes])
    route = np.repeat(np.arange(len(routes)), [of.sum() for of in routes])
    chance = _chance(inspected)[rows]
    weights = np.divide(1.0, chance, out=np.ones(len(rows)), where=chance > 0)
    declarations, _ = pd.factorize(inspected["declaration_id"].to_numpy()[rows])
    return Sample(rows, _clipped(weights, route, largest), route, declarations)


def _clipped(weights: np.ndarray, route: np.ndarray, largest: float) -> np.ndarray:
    """Weights with a limit; those of the random part (0) are a design, not a guess, and stay."""
    means = np.bincount(route, weights) / np.maximum(np.bincount(route), 1)
    return np.where(route == 0, weights, np.minimum(weights, largest * means[route]))


def _balanced(weights: np.ndarray, route: np.ndarray) -> np.ndarray:
    """Weights by which each route counts as many rows of equal weight as it is worth."""
    balanced = weights.astype(float)
    for one in np.unique(route):
        of = weights[route == one]
        balanced[route == one] = of / of.sum() * kish(of)
    return balanced


def _chance(inspected: pd.DataFrame) -> np.ndarray:
    return inspected["selection_probability"].to_numpy(dtype=float, na_value=np.nan)
