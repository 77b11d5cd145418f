"""Other values in a record move its score as the booster itself says."""

import numpy as np
import pytest

from shiprisk.models import Sweep
from tests.models.grown import asked, booster


@pytest.mark.parametrize("seed", range(6))
def test_other_values_move_the_score_as_lightgbm_says(seed: int) -> None:
    trained = booster(seed, missing=0.2, zeros=0.2, num_leaves=15, use_missing=seed % 3 > 0)
    row, *tries = asked(np.random.default_rng(seed), 40)
    told = trained.predict(np.array([row, *tries]), raw_score=True, num_threads=1)
    moved = Sweep(trained).moved(row, np.array(tries))
    np.testing.assert_allclose(moved, told[1:] - told[0], atol=1e-12)
    assert np.ptp(moved) > 0


def test_between_two_thresholds_no_value_matters() -> None:
    trained = booster(3, missing=0.2, zeros=0.2, num_leaves=15)
    sweep, row = Sweep(trained), asked(np.random.default_rng(3), 1)[0]
    thresholds = sweep.thresholds(2)
    assert (np.diff(thresholds) > 0).all()
    thresholds = thresholds[abs(thresholds) > 1e-30]  # what is nearer to zero is zero
    tries = np.repeat(row[None], 2 * len(thresholds), axis=0)
    tries[::2, 2], tries[1::2, 2] = thresholds, np.nextafter(thresholds, -np.inf)
    moved = sweep.moved(row, tries)
    np.testing.assert_array_equal(moved[::2], moved[1::2])
    assert len(np.unique(moved)) > 2
    assert len(sweep.thresholds(6)) == 0  # a category has no order
