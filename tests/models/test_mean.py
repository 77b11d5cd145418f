"""Several boosters as one: the mean of their scores, explained exactly, kept as one plain file."""

from pathlib import Path

import lightgbm as lgb
import numpy as np
import pytest

from shiprisk.models import TreeShap, mean_of, rescaled


@pytest.fixture(scope="module")
def matrix() -> np.ndarray:
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(1500, 5))
    matrix[:, 4] = rng.integers(0, 6, 1500)
    matrix[rng.random(matrix.shape) < 0.1] = np.nan
    return matrix


@pytest.fixture(scope="module")
def boosters(matrix: np.ndarray) -> list[lgb.Booster]:
    rng = np.random.default_rng(1)
    filled = np.nan_to_num(matrix)
    labels = (filled[:, 0] + (filled[:, 4] == 2) + rng.normal(size=1500) > 1.5).astype(float)
    data = lgb.Dataset(matrix, labels, categorical_feature=[4], free_raw_data=False)
    shared = {"objective": "binary", "num_leaves": 7, "verbosity": -1, "num_threads": 1,
              "bagging_fraction": 0.5, "bagging_freq": 1, "cat_smooth": 1}  # fmt: skip
    return [
        lgb.train(shared | {"seed": seed}, data, trees) for seed, trees in ((0, 10), (1, 7), (2, 1))
    ]


def test_it_says_the_mean_of_all(boosters: list[lgb.Booster], matrix: np.ndarray) -> None:
    mean = mean_of(boosters)
    assert mean.num_trees() == 18
    each = [booster.predict(matrix, raw_score=True) for booster in boosters]
    assert np.ptp(each, axis=0).max() > 0.1, "the members differ"
    np.testing.assert_allclose(mean.predict(matrix, raw_score=True), np.mean(each, axis=0))
    assert mean_of(boosters[:1]) is boosters[0]


def test_it_is_explained_exactly(boosters: list[lgb.Booster], matrix: np.ndarray) -> None:
    mean = rescaled(mean_of(boosters), 0.7, -0.3)
    told = TreeShap(mean).contributions(matrix)
    raw = mean.predict(matrix, raw_score=True)
    np.testing.assert_allclose(told.sum(axis=1), raw, atol=1e-12)
    np.testing.assert_allclose(told, mean.predict(matrix, pred_contrib=True), atol=1e-12)


def test_it_is_read_again_from_one_plain_file(
    boosters: list[lgb.Booster], matrix: np.ndarray, tmp_path: Path
) -> None:
    mean = mean_of(boosters)
    mean.save_model(tmp_path / "booster.txt")
    again = lgb.Booster(model_file=tmp_path / "booster.txt")
    np.testing.assert_array_equal(again.predict(matrix), mean.predict(matrix))
    assert again.feature_name() == boosters[0].feature_name()
