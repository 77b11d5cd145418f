"""Models with and without families of signals, and which diverted shipments their tops hold."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from ..comparison.scoring import rank_shares
from ..fit import fitted, trees_of_each
from ..metrics import top
from ..settings import Settings
from .families import Families, signals_of
from .figures import CAPACITIES, Recalls
from .worlds import Lesson, Taught

Tell = Callable[[str], None]
# Which families to ask a model of, given the typologies that a world shows in its test months.
Asked = Callable[[Iterable[str]], list[Families]]


def ablated(
    worlds: Iterable[Taught],
    asked: Mapping[str, Asked],
    settings: Settings,
    tell: Tell = lambda _: None,
) -> Recalls:
    """Fit models on every world and measure them on its test months.

    asked: what to ask, by what the models are taught by. Each model chooses its own number of
    trees on the choice period, as in training.
    """
    diverted, caught = [], []
    for number, world in enumerate(worlds):
        shown = world.rows.loc[world.diverted, ["typology", "network"]]
        diverted.append(shown.assign(world=number, of=len(world.rows)))
        hits: dict[tuple[str, Families, float], np.ndarray] = {}
        for by, ask in asked.items():
            families = ask(shown["typology"].unique())
            tell(f"world {number + 1}: {len(families)} models taught by {by}")
            for (told, share), hit in _hits(world, by, families, settings).items():
                hits[by, told, share] = hit
        caught.append(pd.DataFrame(hits, dtype=float))
    return Recalls(pd.concat(diverted, ignore_index=True), pd.concat(caught, ignore_index=True))


def _hits(
    world: Taught, by: str, asked: Iterable[Families], settings: Settings
) -> dict[tuple[Families, float], np.ndarray]:
    """Whether each diverted shipment is in the top, by families and share; chance decides ties."""
    chance = np.random.default_rng(0).random(len(world.rows))
    found = {}
    for families in asked:
        risk = _risk(
            world.lessons[by].told(families), world.test_told(families), families, settings
        )
        ranks = rank_shares(risk, chance)
        for share in CAPACITIES:
            in_top = np.zeros(len(ranks), dtype=bool)
            in_top[top(ranks, share)] = True
            found[families, share] = in_top[world.diverted]
    return found


def _risk(lesson: Lesson, test: np.ndarray, families: Families, settings: Settings) -> np.ndarray:
    signals = signals_of(families)
    early = fitted(lesson.early, signals, settings, choices=lesson.choices)
    trees = trees_of_each(early, settings)
    later = fitted(lesson.all, signals, settings, trees=trees)
    risk: np.ndarray = later.predict(test)
    return risk
