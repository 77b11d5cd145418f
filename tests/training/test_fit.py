"""Weights in fitting: off unless asked for, and clipped."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.training import Settings
from shiprisk.training.fit import fitting_weights


def records(chance: list[float], by: str = "rule") -> pd.DataFrame:
    return pd.DataFrame({"selection_probability": chance, "selected_by": by})


def test_no_weights_unless_asked_for() -> None:
    assert fitting_weights(records([0.1, 0.5]), Settings()) is None


def test_weights_are_the_inverse_of_the_chance_and_clipped() -> None:
    settings = Settings(weigh_fitting=True, largest_weight=3)
    weights = fitting_weights(records([0.5] * 20 + [0.25, 0.001]), settings)
    assert weights is not None
    assert weights[20] == pytest.approx(2 * weights[0])
    assert weights[21] == 3


def test_rows_of_unknown_chance_and_tips_weigh_one() -> None:
    settings = Settings(weigh_fitting=True)
    weights = fitting_weights(
        pd.concat([records([np.nan]), records([0.001], "tip"), records([0.2, 0.2])]), settings
    )
    assert weights is not None
    assert weights.tolist() == [1, 1, 1, 1]
    none = fitting_weights(records([np.nan, np.nan]), settings)
    assert none is not None
    assert none.tolist() == [1, 1]
