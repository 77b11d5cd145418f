"""Lanes come from capacity, and never from owner nationality alone."""

import numpy as np

from shiprisk.models import Lanes


def test_lanes_take_the_shares_they_were_made_for() -> None:
    risk = np.linspace(0, 1, 1001)
    lanes = Lanes.for_capacity(risk, red=0.05, yellow=0.10).of(risk, risk)
    assert (lanes == "red").mean() == np.float64(51 / 1001)
    assert (lanes == "yellow").mean() == np.float64(100 / 1001)
    assert lanes[0] == "green"


def test_a_risk_that_rests_on_nationality_alone_reaches_no_lane() -> None:
    lanes = Lanes(red=0.5, yellow=0.2)
    with_it, without_it = np.array([0.9, 0.9, 0.9, 0.1]), np.array([0.6, 0.3, 0.1, 0.9])
    assert lanes.of(with_it, without_it).tolist() == ["red", "yellow", "green", "green"]
