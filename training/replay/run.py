"""Every strategy through the same worlds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from shiprisk.features import Records
from shiprisk.serving import Capacity

from ..world import Scenario
from .loop import Office
from .measures import shipments_of, totals
from .stage import Stage
from .strategies import STRATEGIES, Strategy

Tell = Callable[[str], None]
# Makes the world of a seed: its records and the truth.
World = Callable[[int], tuple[Records, pd.DataFrame]]


@dataclass(frozen=True)
class Replayed:
    """What came of a replay.

    everything: shipments of all worlds by strategy, see `measures.shipments_of`, with their `world`
    (its seed). first_day: of the first week. shocks: what happened within the replay, by name.
    crackdowns: those of them on which hubs were watched from then on.
    """

    scenario: Scenario
    capacity: Capacity
    everything: Mapping[str, pd.DataFrame]
    first_day: date
    shocks: Mapping[str, date]
    crackdowns: Mapping[str, date]

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures of each strategy over all weeks and worlds, see `measures.totals`."""
        return totals(self.everything)


def compare_strategies(
    world: World,
    seeds: Sequence[int],
    scenario: Scenario,
    capacity: Capacity,
    months: int,
    strategies: Sequence[Strategy] = STRATEGIES,
    tell: Tell = lambda _: None,
) -> Replayed:
    """Live the last months of each world again with every strategy.

    Each week a strategy selects within each day's capacity by what it knew before the week;
    outcomes come as late and as wrong as the scenario says; a model is trained before each month.
    What is declared does not depend on the strategy. TrainingError where too little was known
    before.
    """
    parts: dict[str, list[pd.DataFrame]] = {strategy.name: [] for strategy in strategies}
    for seed in seeds:
        tell(f"world {seed}: simulating and reading")
        stage = Stage.of(*world(seed), scenario, seed, months)
        for strategy in strategies:
            tell(f"world {seed}: {len(stage.declarations):,} declarations, {strategy.name}")
            lived = Office.opened(stage, strategy, capacity, seed).lives()
            items = stage.declarations.join([stage.told, lived], how="inner")
            parts[strategy.name].append(shipments_of(items).assign(world=seed))
    first_day = stage.first_day.astype(object)
    last_day = stage.declarations["declared_on"].max().date()
    shocks = {name: on for name, on in scenario.events().items() if first_day < on <= last_day}
    crackdowns = {shock.name for shock in scenario.shocks if shock.kind == "crackdown"}
    return Replayed(
        scenario,
        capacity,
        {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()},
        first_day,
        shocks,
        {name: on for name, on in shocks.items() if name in crackdowns},
    )
