"""Which shipments of each day to inspect, why, and with which probability."""

import secrets
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .capacity import Capacity, SelectionError
from .slots import AT_RANDOM, BY_MODEL, Day

_NAMES = {BY_MODEL: "model", AT_RANDOM: "random"}

_SEEDS = 10**16


def _unknown() -> int:
    """A seed that nobody knows: of one known beforehand a firm could tell whether it is drawn."""
    return secrets.randbelow(_SEEDS)


@dataclass(frozen=True)
class Selection:
    """How a daily capacity is spent.

    random_share: of the capacity, on shipments drawn by chance. uncertain_share: of the capacity,
    on those of which the model is least certain. The rest goes to the riskiest. seed: the same
    seed draws the same number for the same shipment, whatever stands beside it; without one, a
    secret one is made.
    """

    capacity: Capacity
    random_share: float = 0.10
    uncertain_share: float = 0.0
    seed: int = field(default_factory=_unknown)

    def __post_init__(self) -> None:
        """Refuse shares that are none; SelectionError."""
        for name in ("random_share", "uncertain_share"):
            if not 0 <= getattr(self, name) <= 1:
                raise SelectionError(f"{name} is {getattr(self, name)}: give 0 to 1")
        if self.random_share + self.uncertain_share > 1:
            raise SelectionError("the random and the uncertain share are more than all together")
        if not 0 <= self.seed < _SEEDS:
            raise SelectionError(f"the seed is {self.seed}: give 0 to 9,999,999,999,999,999")

    def parts(self, shipments: int) -> tuple[float, float, float]:
        """Of a day with so many shipments: for the riskiest, the most uncertain, and chance."""
        capacity = self.capacity.on(shipments)
        uncertain, at_random = capacity * self.uncertain_share, capacity * self.random_share
        return max(capacity - uncertain - at_random, 0.0), uncertain, at_random


def select(
    declarations: np.ndarray,
    days: np.ndarray,
    risk: np.ndarray,
    selection: Selection,
    uncertainty: np.ndarray | None = None,
) -> pd.DataFrame:
    """Choose whole shipments day by day, one row for each goods item.

    declarations: the identifier of each goods item's shipment, which takes its riskiest item. days:
    datetime64. risk, uncertainty: numbers, the highest first. selected_by: `model` (the riskiest
    and the most uncertain), `random`, or missing where not selected; those named random are a fair
    sample of the day. probability: the chance of the row of being selected by whichever route, over
    all seeds, for those not selected as well; in a day they add up to the capacity.
    random_probability: the chance of being named random, the same for all of a day.
    SelectionError where a number is missing or a part of the uncertain cannot be told.
    """
    given = np.zeros(len(risk)) if uncertainty is None else uncertainty
    if selection.uncertain_share and uncertainty is None:
        raise SelectionError("an uncertain part needs a second opinion on each shipment: give one")
    items = pd.DataFrame({
        "day": np.asarray(days).astype("datetime64[D]").astype("datetime64[s]"),
        "shipment": np.asarray(declarations, dtype=object),
        "risk": np.asarray(risk, dtype=float),
        "uncertainty": np.asarray(given, dtype=float),
    })  # fmt: skip
    if lacking := int(items.isna().any(axis=1).sum()):
        raise SelectionError(f"{lacking:,} rows lack a shipment, a day or a number: score them")
    by_shipment = items.groupby(["day", "shipment"], sort=True)
    chosen = _of_shipments(by_shipment.max().reset_index(), selection)
    return chosen.iloc[by_shipment.ngroup()].reset_index(drop=True)


def chances_by_route(chosen: pd.DataFrame) -> np.ndarray:
    """Of what `select` chose: its chance by the route that is named; 1 where it was certain."""
    by_any, at_random = chosen["probability"].to_numpy(), chosen["random_probability"].to_numpy()
    named = np.where(chosen["selected_by"] == "random", at_random, by_any - at_random)
    return np.where(by_any >= 1, 1.0, named)


def _of_shipments(shipments: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The same for shipments in order of day, one row each."""
    draws = _draws(shipments["shipment"], selection.seed)
    # Among equals decides a number that no seed changes, so that probabilities hold over seeds.
    among_equals = _draws("tie " + shipments["shipment"], 0)
    by_risk = np.lexsort((among_equals, -shipments["risk"]))
    by_uncertainty = np.lexsort((among_equals, -shipments["risk"], -shipments["uncertainty"]))
    names = np.full(len(shipments), None, dtype=object)
    probability, named_random = np.zeros((2, len(shipments)))
    days, first, sizes = np.unique(shipments["day"], return_index=True, return_counts=True)
    of_day = np.repeat(np.arange(len(days)), sizes)
    orders = [_by_day(order, of_day, first) for order in (by_risk, by_uncertainty)]
    of_days = _draws(pd.Series(days.astype("datetime64[D]").astype(str)), selection.seed)
    for at, (begin, size) in enumerate(zip(first, sizes, strict=True)):
        rows = slice(begin, begin + size)
        day = Day(orders[0][at], orders[1][at], draws[rows])
        chosen = day.chosen(selection.parts(int(size)), of_days[at])
        probability[rows], named_random[rows] = chosen.probability, chosen.named_random
        names[rows] = [_NAMES.get(code) for code in chosen.route.tolist()]
    by = pd.Series(names, dtype="str")
    return pd.DataFrame(
        {"selected_by": by, "probability": probability, "random_probability": named_random}
    )


def _by_day(order: np.ndarray, of_day: np.ndarray, first: np.ndarray) -> list[np.ndarray]:
    """An order of all shipments as one of each day, counted from the day's first."""
    within = order[np.argsort(of_day[order], kind="stable")]
    ends = np.append(first[1:], len(order))[: len(first)]
    return [within[start:end] - start for start, end in zip(first, ends, strict=True)]


def _draws(texts: pd.Series, seed: int) -> np.ndarray:
    """A number from 0 to 1 of each text, the same in every process and on every machine."""
    numbers = pd.util.hash_array(texts.to_numpy(dtype=object), hash_key=f"{seed:016d}")
    return (numbers >> np.uint64(11)) / float(2**53)
