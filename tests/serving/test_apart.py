"""What a model says of its own explanations when it is asked apart."""

from dataclasses import replace

import numpy as np
import pytest

from shiprisk.models import TreeShap, rescaled
from shiprisk.serving.apart import exactness
from shiprisk.training import Trained


@pytest.fixture(scope="module")
def matrix(trained: Trained) -> np.ndarray:
    return trained.evaluation.inspected.matrix[:50]


def test_exact_explanations_are_off_by_rounding_only(trained: Trained, matrix: np.ndarray) -> None:
    told = exactness(trained.model, matrix)
    assert told["explained"] == 50
    assert max(told["off_sum"], told["off_referee"]) < 1e-9


def test_explanations_of_another_model_are_seen_to_be_off(
    trained: Trained, matrix: np.ndarray
) -> None:
    model = replace(trained.model)
    model.__dict__["_explainer"] = TreeShap(rescaled(model.booster, 1.01, 0.0))
    told = exactness(model, matrix)
    assert told["off_sum"] > 1e-4
    assert told["off_referee"] > 1e-4
