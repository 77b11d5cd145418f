"""Fitting: gradient-boosted trees, monotone where declared, the same bytes for the same seed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd

from shiprisk.features import SIGNALS, Signal
from shiprisk.models import mean_of

from .examples import KEY, Examples
from .settings import Settings
from .together import Curves, grown


def signals_for(settings: Settings) -> tuple[Signal, ...]:
    """The signals that a model may use under the given settings."""
    return tuple(s for s in SIGNALS if settings.owner_nationality or not s.sensitive)


def fitted(
    examples: Examples,
    signals: Sequence[Signal],
    settings: Settings,
    trees: int | None = None,
    choices: Examples | None = None,
    curves: Curves | None = None,
) -> lgb.Booster:
    """The mean of as many boosters as the settings ask for, of different seeds, as one booster.

    trees: how many each of them has; without, as many as make their mean serve the choices best.
    curves: filled with the metrics of the training rows and of the choices after each tree.
    """
    hidden = with_hidden(examples, signals, settings.hidden_share)
    weights = fitting_weights(examples.records, settings)
    prepared = partial(_dataset, signals=signals, threads=settings.threads)
    data = prepared(hidden, examples.labels, weights=weights)
    members = members_of(signals, settings, len(hidden))
    if choices is None:
        return mean_of([lgb.train(parameters, data, trees) for parameters in members])
    weights = fitting_weights(choices.records, settings)
    watched = prepared(choices.matrix, choices.labels, like=data, weights=weights)
    kept = {} if curves is None else curves
    return mean_of(grown(members, data, watched, settings.most_trees, settings.patience, kept))


def trees_of_each(booster: lgb.Booster, settings: Settings) -> int:
    """How many trees each member has, of a booster that is the mean of several."""
    return booster.num_trees() // settings.members


def fitting_weights(
    records: pd.DataFrame, settings: Settings, usual: float | None = None
) -> np.ndarray | None:
    """The inverse of each row's selection probability, if it is to be used; on average 1.

    Clipped at `largest_weight`; a row without a recorded chance, or that came by a tip, counts 1.
    usual: the mean of the inverses, where these rows are only some of all.
    """
    if not settings.weigh_fitting:
        return None
    weights = inverse_chances(records)
    known = ~np.isnan(weights)
    if usual is None:
        usual = float(np.nanmean(weights)) if known.any() else 1.0
    return np.where(known, np.minimum(weights / usual, settings.largest_weight), 1.0)


def inverse_chances(records: pd.DataFrame) -> np.ndarray:
    """The inverse of each row's selection probability; NaN where none is recorded, and of tips."""
    chance = records["selection_probability"].to_numpy(dtype=float, na_value=np.nan)
    known = (chance > 0) & (records["selected_by"] != "tip").to_numpy()
    return np.divide(1.0, chance, out=np.full(len(chance), np.nan), where=known)


def members_of(signals: Sequence[Signal], settings: Settings, rows: int) -> list[dict[str, Any]]:
    """The parameters of each member; they differ in the seed, by which rows are left out.

    rows: how many each learns from.
    """
    first = settings.seed * settings.members
    shared = _parameters(signals, settings) | {"min_data_in_leaf": least_in_leaf(rows, settings)}
    return [shared | {"seed": first + number} for number in range(settings.members)]


def least_in_leaf(rows: int, settings: Settings) -> int:
    """How many of so many training rows every leaf must hold.

    More, where there are more to learn from: the more small leaves there can be, of the more
    signals, the more of them fit chance (docs/decisions/018).
    """
    return round(settings.least_rows_in_leaf * min(max(rows / 10_000, 1.0), 4.0))


def _parameters(signals: Sequence[Signal], settings: Settings) -> dict[str, Any]:
    return {
        "objective": "binary",
        "metric": "None",  # that of the mean decides
        "learning_rate": settings.learning_rate,
        "num_leaves": settings.leaves,
        "max_depth": settings.depth,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 1.0,
        "cat_smooth": 50,
        "cat_l2": 50,
        "min_data_per_group": 200,
        "monotone_constraints": [signal.direction for signal in signals],
        "monotone_constraints_method": "intermediate",
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": settings.threads,
        "verbosity": -1,
    }


def _dataset(
    matrix: np.ndarray,
    labels: np.ndarray,
    signals: Sequence[Signal],
    threads: int,
    like: lgb.Dataset | None = None,
    weights: np.ndarray | None = None,
) -> lgb.Dataset:
    """Rows made ready for LightGBM.

    threads: LightGBM goes on with as many as it was told last. A data set that was told nothing
    would have the boosters on it grow with all: on a busy machine that took six times as long.
    """
    return lgb.Dataset(
        matrix,
        labels,
        weight=weights,
        reference=like,
        feature_name=[signal.name for signal in signals],
        categorical_feature=[at for at, signal in enumerate(signals) if signal.is_category],
        free_raw_data=False,
        params={"num_threads": threads},
    )


def with_hidden(examples: Examples, signals: Sequence[Signal], share: float) -> np.ndarray:
    """The matrix with the sensitive signals hidden from a part of the rows, told by their key.

    So the model learns what to say without them, and the score without them is the same model
    asked with them missing.
    """
    keys = pd.util.hash_pandas_object(examples.records[KEY], index=False).to_numpy()
    rows = (keys % np.uint64(1000)) < np.uint64(round(share * 1000))
    columns = [at for at, signal in enumerate(signals) if signal.sensitive]
    matrix = examples.matrix.copy()
    matrix[np.ix_(rows, columns)] = np.nan
    return matrix
