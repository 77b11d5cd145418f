"""Boosters grown at random, and rows to ask them about."""

from typing import Any

import lightgbm as lgb
import numpy as np

# Numbers that decisions turn on: missing, zero, what LightGBM takes as zero, no category, far out.
ODD = (np.nan, 0.0, -0.0, 1e-36, -1e-36, 1e-35, 0.5, -0.5, -1.0, 40.0, 3e9, -3e9, np.inf, -np.inf)
NUMBERS, CATEGORIES = 6, 2


def matrix(random: np.random.Generator, rows: int, missing: float, zeros: float) -> np.ndarray:
    """Six columns of numbers, the last of few values, and two of categories."""
    numbers = random.normal(size=(rows, NUMBERS))
    numbers[:, -1] = np.round(numbers[:, -1])
    categories = np.floor(70 * random.random((rows, CATEGORIES)) ** 2)
    made = np.column_stack([numbers, categories])
    made[random.random(made.shape) < zeros] = 0
    made[random.random(made.shape) < missing] = np.nan
    return made


def asked(random: np.random.Generator, rows: int) -> np.ndarray:
    """Rows that were not trained on, with the numbers that decisions turn on among them."""
    made = matrix(random, rows, 0.2, 0.2)
    odd = random.random(made.shape) < 0.2
    made[odd] = random.choice(ODD, odd.sum())
    return made


def booster(seed: int, missing: float, zeros: float, **parameters: Any) -> lgb.Booster:
    random = np.random.default_rng(seed)
    rows = matrix(random, 600, missing, zeros)
    known = np.nan_to_num(rows)
    score = known[:, 0] * known[:, 1] + np.sin(3 * known[:, 2]) + (known[:, 6] % 3 == 1)
    labels = (score + random.normal(size=len(rows)) > 0.5).astype(int)
    settings = {
        "objective": "binary",
        "verbosity": -1,
        "num_threads": 1,
        "seed": seed,
        "min_data_in_leaf": 1,
        "min_sum_hessian_in_leaf": 1e-3,
        "min_data_per_group": 1,
        "cat_smooth": 0,
        "cat_l2": 0,
        "max_cat_to_onehot": 2,
        "feature_pre_filter": False,
    }
    data = lgb.Dataset(rows, labels, categorical_feature=[6, 7], params={"verbosity": -1})
    rounds = parameters.pop("rounds", 5)
    return lgb.train(settings | parameters, data, rounds)
