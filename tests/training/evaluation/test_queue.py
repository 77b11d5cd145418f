"""What `select` records is what the estimates take it for."""

import numpy as np
import pandas as pd

from shiprisk.serving import Capacity, Selection, queue_of
from shiprisk.training.evaluation import random_part

DAYS, A_DAY, SEEDS = 4, 30, 600


def test_the_random_part_of_queues_stands_for_all_shipments() -> None:
    """Slots are rounded by chance here: of 1.5 a day half goes to the riskiest, half to chance."""
    rng = np.random.default_rng(0)
    size = DAYS * A_DAY
    scores = pd.DataFrame({
        "declaration_id": [f"d{at}" for at in range(size)], "item_number": 1,
        "risk": rng.random(size), "risk_without_owner_nationality": 1.0,
    })  # fmt: skip
    days = pd.Series(np.repeat(pd.date_range("2024-01-01", periods=DAYS), A_DAY))
    violation = pd.Series(rng.random(size) < scores["risk"] ** 3, dtype=float)
    told = violation.set_axis(scores["declaration_id"])
    counted = [
        estimated(queue_of(scores, days, Selection(Capacity(share=0.05), 0.5, seed=seed)), told)
        for seed in range(SEEDS)
    ]
    error = np.std(counted) / np.sqrt(SEEDS)
    assert error < 0.05 * violation.sum()
    assert abs(np.mean(counted) - violation.sum()) < 4 * error


def estimated(queue: pd.DataFrame, violation: pd.Series) -> float:
    """The number of violations among all shipments, as the random part of a queue tells it."""
    part = random_part(queue)
    found = violation[queue["declaration_id"].iloc[part.rows]].to_numpy()
    return float((found * part.inverse).sum())
