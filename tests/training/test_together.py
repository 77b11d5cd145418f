"""Members grow together: one number of trees for all, chosen by their mean."""

import lightgbm as lgb
import numpy as np
import pytest
from scipy.special import expit
from sklearn.metrics import average_precision_score, log_loss

from shiprisk.models import mean_of
from shiprisk.training.together import Curves, grown, loss_of, precision_of

SHARED = {"objective": "binary", "metric": "None", "num_leaves": 4, "learning_rate": 0.3,
          "bagging_fraction": 0.5, "bagging_freq": 1, "deterministic": True, "verbosity": -1,
          "force_row_wise": True, "num_threads": 1}  # fmt: skip
MEMBERS = [SHARED | {"seed": seed} for seed in range(3)]


def rows(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, 4))
    return matrix, (matrix[:, 0] + 2 * rng.normal(size=count) > 2).astype(float)


@pytest.fixture
def datasets() -> tuple[lgb.Dataset, lgb.Dataset]:
    data = lgb.Dataset(*rows(600, 0), free_raw_data=False)
    return data, lgb.Dataset(*rows(400, 1), reference=data, free_raw_data=False)


def test_all_stop_where_their_mean_is_best(datasets: tuple[lgb.Dataset, lgb.Dataset]) -> None:
    curves: Curves = {}
    found = grown(MEMBERS, *datasets, most=60, patience=8, curves=curves)
    losses = curves["choices"]["binary_logloss"]
    best = int(np.argmin(losses)) + 1
    assert len(losses) == best + 8
    assert [booster.num_trees() for booster in found] == [best] * 3
    matrix, labels = rows(400, 1)
    risk = mean_of(found).predict(matrix)
    loss = -np.mean(np.where(labels > 0, np.log(risk), np.log(1 - risk)))
    assert loss == pytest.approx(losses[best - 1])
    assert curves["training"]["binary_logloss"][-1] < curves["training"]["binary_logloss"][0]


def test_as_many_trees_as_allowed_and_no_more(datasets: tuple[lgb.Dataset, lgb.Dataset]) -> None:
    found = grown(MEMBERS[:1], *datasets, most=3, patience=8, curves={})
    assert found[0].num_trees() <= 3


def test_what_is_grown_together_is_what_is_fitted_alone(
    datasets: tuple[lgb.Dataset, lgb.Dataset],
) -> None:
    data, watched = datasets
    together = grown(MEMBERS, data, watched, most=60, patience=8, curves={})
    matrix, _ = rows(400, 1)
    for parameters, booster in zip(MEMBERS, together, strict=True):
        alone = lgb.train(parameters, data, booster.num_trees())
        np.testing.assert_array_equal(alone.predict(matrix), booster.predict(matrix))


@pytest.mark.parametrize("levels", [4, 1000])
def test_curves_say_what_scikit_learn_says(levels: int) -> None:
    """With weights, and with many equals or few."""
    rng = np.random.default_rng(levels)
    raw = np.round(rng.normal(size=300) * levels) / levels
    labels, weights = (rng.random(300) < 0.2) * 1.0, rng.random(300)
    loss = log_loss(labels, expit(raw), sample_weight=weights)
    assert loss_of(labels, raw, weights) == pytest.approx(loss)
    precision = average_precision_score(labels, raw, sample_weight=weights)
    assert precision_of(labels, raw, weights) == pytest.approx(precision)
    assert precision_of(np.zeros(300), raw, weights) == 0
