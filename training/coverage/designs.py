"""Ways to select a part of all shipments for inspection, and the chances that each recorded."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Design:
    """A capacity (a share of all), the part of it drawn at random, and how the rest is chosen.

    sharpness: how strictly the highest scores go first, in standard deviations of their logarithm;
    without it they go first for certain, and random draws from the others.
    """

    name: str
    capacity: float
    random: float
    sharpness: float | None


DESIGNS = (
    Design("chances rise with the risk; 5 % at random", 0.08, 0.05, 0.9),
    Design("chances rise with the risk; 25 % at random", 0.08, 0.25, 0.9),
    Design("chances rise steeply; 10 % at random", 0.08, 0.10, 2.5),
    Design("riskiest first for certain; 10 % at random", 0.08, 0.10, None),
)


def selected(
    design: Design, score: np.ndarray, declaration: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Columns selected_by (missing where not) and selection_probability, one row per score.

    declaration: a number from 0 for each row; whole declarations are selected, by their highest
    score.
    """
    highest = np.full(declaration.max() + 1, -np.inf)
    np.maximum.at(highest, declaration, score)
    at_random = np.full(len(highest), design.capacity * design.random)
    rest = design.capacity * (1 - design.random)
    if design.sharpness is None:
        by_score = (highest >= np.quantile(highest, 1 - rest)).astype(float)
        at_random = np.where(by_score > 0, 0.0, at_random / (1 - rest))
    else:
        by_score = _rising(highest, rest, design.sharpness)
    draws = rng.random((2, len(highest)))
    hits = [draws[0] < at_random, draws[1] < by_score]
    chance = np.select(hits, [at_random, (1 - at_random) * by_score], default=np.nan)
    by = np.select(hits, ["random", "model"], default="")
    by_row = pd.Series(by).replace("", None).to_numpy()[declaration]
    return pd.DataFrame({"selected_by": by_row, "selection_probability": chance[declaration]})


def _rising(score: np.ndarray, share: float, sharpness: float) -> np.ndarray:
    """Chances that rise with the score and add up to a share of all."""
    logs = np.log(score)
    weight = np.exp(sharpness * (logs - logs.mean()) / logs.std())
    scale = share / weight.mean()
    for _ in range(20):  # those certain to be chosen leave the rest of the capacity to others
        chance = np.minimum(1.0, scale * weight)
        scale *= share / chance.mean()
    return np.minimum(chance, 1.0)
