"""Weights in fitting, off unless asked for; threads as they were set; leaves of enough rows."""

from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest

from shiprisk.training import Settings, fit
from shiprisk.training.examples import KEY, Examples
from shiprisk.training.fit import fitted, fitting_weights, least_in_leaf, signals_for
from shiprisk.training.together import grown

SETTINGS = Settings(members=1, leaves=31, least_rows_in_leaf=20)


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


def examples(count: int) -> Examples:
    """Rows whose every signal is chance, and so invites leaves as small as are allowed."""
    rng = np.random.default_rng(count)
    matrix = rng.normal(size=(count, len(signals_for(SETTINGS))))
    records = pd.DataFrame({name: np.arange(count) for name in KEY})
    return Examples(matrix, (rng.random(count) < 0.3) * 1.0, records)


@pytest.mark.parametrize(("rows", "least"), [(2_000, 20), (15_000, 30)])
def test_no_leaf_holds_fewer_rows_than_it_must(rows: int, least: int) -> None:
    booster = fitted(examples(rows), signals_for(SETTINGS), SETTINGS, trees=4)
    nodes = booster.trees_to_dataframe()
    held = nodes.loc[nodes["left_child"].isna(), "count"].min()
    assert least <= held < 1.5 * least


def test_leaves_hold_more_of_more_rows_up_to_four_times() -> None:
    told = [least_in_leaf(rows, SETTINGS) for rows in (1, 10_000, 15_000, 40_000, 10_000_000)]
    assert told == [20, 20, 30, 80, 80]
