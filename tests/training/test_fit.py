"""Weights in fitting: off unless asked for, and clipped; threads as they were set."""

from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest

from shiprisk.training import Settings, fit
from shiprisk.training.examples import Examples
from shiprisk.training.fit import fitting_weights
from shiprisk.training.together import grown


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


def test_data_that_boosters_grow_on_keep_to_the_threads_that_were_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = []

    def grown_as_ever(
        members: list[dict[str, Any]], data: lgb.Dataset, watched: lgb.Dataset, *rest: Any
    ) -> list[lgb.Booster]:
        told.extend(one.params["num_threads"] for one in (data, watched))
        return grown(members, data, watched, *rest)

    monkeypatch.setattr(fit, "grown", grown_as_ever)
    settings = Settings(members=1, most_trees=2, threads=3)
    signals, rng = fit.signals_for(settings), np.random.default_rng(0)
    keys = pd.DataFrame({"declaration_id": [f"D{n}" for n in range(200)], "item_number": 1})
    examples = Examples(rng.normal(size=(200, len(signals))), rng.integers(0, 2, 200) * 1.0, keys)
    fit.fitted(examples, signals, settings, choices=examples)
    assert told == [3, 3]
