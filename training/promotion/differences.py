"""Challenger against champion on the same shipments, with how far chance could move each figure.

Days are drawn again and again with all their shipments, because shipments of one day are alike and
were chosen together; both models are measured on the same draws.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from .weighted import Ranking

DRAWS = 400

# A group that holds fewer violations than this says nothing.
_LEAST_VIOLATIONS = 5

COLUMNS = ["champion", "challenger", "difference", "low", "high"]


def draws_of(days: np.ndarray, draws: int = DRAWS) -> np.ndarray:
    """How often each shipment counts in each draw of days: draws × shipments. The same each time.

    The first draw is the shipments as they are.
    """
    numbers, distinct = pd.factorize(days)
    count = len(distinct)
    drawn = np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), draws)
    return np.concatenate([np.ones((1, len(days))), drawn[:, numbers].astype(np.float64)])


def overall(champion: Ranking, challenger: Ranking, draws: np.ndarray) -> pd.DataFrame:
    """Every figure (rows) of both, and the difference with its 95 % interval (COLUMNS)."""
    one = pd.DataFrame([champion.figures(draw) for draw in draws])
    other = pd.DataFrame([challenger.figures(draw) for draw in draws])
    found = {name: _row(one[name].to_numpy(), other[name].to_numpy()) for name in one}
    return pd.DataFrame.from_dict(found, "index", columns=COLUMNS)


def by_group(
    champion: Ranking, challenger: Ranking, groups: Mapping[str, np.ndarray], draws: np.ndarray
) -> pd.DataFrame:
    """Average precision within each group: COLUMNS, `shipments` and `violations`.

    Groups with too few violations to say anything are left out.
    """
    rows = {}
    for name, mask in groups.items():
        violations = int(champion.labels[mask].sum())
        if violations >= _LEAST_VIOLATIONS:
            one, other = champion.where(mask), challenger.where(mask)
            # A draw without a violation of the group says nothing of it.
            of_group = [draw for draw in draws[:, mask] if draw @ one.labels]
            figures = (
                [ranking.average_precision(draw) for draw in of_group] for ranking in (one, other)
            )
            rows[name] = [int(mask.sum()), violations, *_row(*map(np.array, figures))]
    return pd.DataFrame.from_dict(rows, "index", columns=["shipments", "violations", *COLUMNS])


def _row(champion: np.ndarray, challenger: np.ndarray) -> list[float]:
    """What stands in COLUMNS; the first of each is measured, the others were drawn."""
    differences = challenger - champion
    low, high = np.nanquantile(differences[1:], [0.025, 0.975])
    return [*map(float, (champion[0], challenger[0], differences[0], low, high))]
