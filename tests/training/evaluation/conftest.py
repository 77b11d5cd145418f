"""Hand-made shipments to judge, and an inspection of some of them."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from shiprisk.training.evaluation import Judged

Made = Callable[..., Judged]


@pytest.fixture(scope="session")
def made() -> Made:
    """Makes shipments of given risks; further columns of the records by name."""

    def make(risk: np.ndarray, without: np.ndarray | None = None, **columns: object) -> Judged:
        count = len(risk)
        usual = {
            "declaration_id": [f"d{at}" for at in range(count)],
            "item_number": 1,
            "declared_on": pd.Timestamp("2024-06-03"),
            "trader_id": [f"t{at}" for at in range(count)],
            "customs_value_usd": 100.0,
            "violation": False,
            "selected_by": "random",
            "selection_probability": 0.1,
        }
        records = pd.DataFrame({**usual, **columns}, index=range(count))
        other = risk if without is None else without
        fold = np.zeros(count, dtype=int)
        return Judged(records, np.zeros((count, 0)), risk, other, risk, fold)

    return make
