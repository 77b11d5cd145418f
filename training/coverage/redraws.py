"""Bias of estimates and coverage of their intervals, over inspections drawn again and again.

Shipments, risks and truth of a simulated world stay as they are; who is inspected and what
inspection writes down is drawn anew each time.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from ..evaluation import Sample, Share, Trial, estimate, every_route, random_part
from .designs import Design, selected
from .worlds import Judgement

NAIVE, RANDOM = "inspected as they are", "random part"
SHARES = ("violation_rate", "precision_at_1", "precision_at_5", "recall_at_5")


def redrawn(world: Judgement, design: Design, draws: int, clips: tuple[float, ...]) -> pd.DataFrame:
    """Estimates of `draws` draws: columns estimator, share, figure, low, high, rows and truth."""
    declaration, _ = pd.factorize(world.trial.everyone.records["declaration_id"])
    truth = world.truth
    found = []
    for draw in range(draws):
        rng = np.random.default_rng(draw)
        chosen = selected(design, world.trial.everyone.before, declaration, rng)
        trial = _inspected(world, chosen, declaration, rng)
        for name, shares in _estimated(trial, clips):
            found += [
                (name, share, of.figure, of.low, of.high, of.rows, truth[share])
                for share, of in shares.items()
                if share in SHARES
            ]
    columns = ["estimator", "share", "figure", "low", "high", "rows", "truth"]
    return pd.DataFrame(found, columns=columns)


def _inspected(
    world: Judgement, chosen: pd.DataFrame, declaration: np.ndarray, rng: np.random.Generator
) -> Trial:
    """A trial in which these shipments were inspected."""
    rows = np.flatnonzero(chosen["selected_by"].notna())
    everyone = world.trial.everyone
    outcomes = chosen.iloc[rows].assign(violation=rng.random(len(rows)) < world.findable[rows])
    records = pd.DataFrame({"declaration_id": declaration[rows]})
    records["customs_value_usd"] = everyone.value[rows]
    inspected = replace(
        everyone,
        matrix=everyone.matrix[:0],
        records=records.join(outcomes.reset_index(drop=True)),
        **{name: getattr(everyone, name)[rows] for name in ("risk", "without", "before", "fold")},
    )
    return Trial(inspected, everyone, len(everyone.risk), world.trial.starts)


def _estimated(trial: Trial, clips: tuple[float, ...]) -> Iterator[tuple[str, dict[str, Share]]]:
    records, count = trial.inspected.records, len(trial.inspected.risk)
    same, codes = np.ones(count), records["declaration_id"].to_numpy()
    naive = Sample(np.arange(count), np.zeros(count, dtype=int), same, same, codes)
    yield NAIVE, dict(estimate(trial, naive).shares)
    yield RANDOM, dict(estimate(trial, random_part(records)).shares)
    for clip in clips:
        name = f"every route, clipped at {clip:g}" if np.isfinite(clip) else "every route"
        yield name, dict(estimate(trial, every_route(records, clip)).shares)
