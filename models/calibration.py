"""Calibration folded into the trees, so that risk and contributions speak of the same number."""

import lightgbm as lgb
import numpy as np


def rescaled(booster: lgb.Booster, slope: float, offset: float) -> lgb.Booster:
    """Trees whose raw score is slope * raw + offset; slope above 0 keeps every order.

    Scaling all leaves scales every contribution alike, so exactness and additivity hold.
    """
    if not slope > 0 or not np.isfinite(offset):
        raise ValueError(f"calibration needs slope > 0 and a finite offset: {slope}, {offset}")
    scaled = lgb.Booster(model_str=booster.model_to_string())
    for tree, leaves in enumerate(_leaves_of(scaled)):
        for leaf in range(leaves):
            value = slope * scaled.get_leaf_output(tree, leaf) + (offset if tree == 0 else 0.0)
            scaled.set_leaf_output(tree, leaf, value)
    return lgb.Booster(model_str=scaled.model_to_string())


def _leaves_of(booster: lgb.Booster) -> list[int]:
    return [tree["num_leaves"] for tree in booster.dump_model()["tree_info"]]
