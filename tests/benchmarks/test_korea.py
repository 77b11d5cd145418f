"""What the benchmark on Korean declarations prints of several seeds."""

import numpy as np
import pytest

from benchmarks import korea


def test_figures_are_of_the_riskiest_rows() -> None:
    labels = np.repeat([1.0, 0.0, 1.0, 0.0], [5, 5, 10, 80])
    at_5, at_10, auc = korea.figures((labels, -np.arange(100.0)))
    assert (at_5, at_10) == (1.0, 0.5)
    assert auc == pytest.approx(1 - 50 / (15 * 85))


def test_several_seeds_show_how_far_their_mean_can_be_read() -> None:
    assert korea.mean_and_error(np.array([0.3, 0.4, 0.5])) == "0.4000 ± 0.0577"
    assert korea.mean_and_error(np.array([0.3456])) == "0.346"
