"""Figures at capacity where shipments count as often as they were drawn."""

from dataclasses import replace

import numpy as np
import pytest

from shiprisk.training.metrics import evaluated
from shiprisk.training.promotion.weighted import Ranking

COUNT = 1000


@pytest.fixture
def ranking() -> Ranking:
    chance = np.random.default_rng(1)
    risk = chance.random(COUNT)
    labels = (chance.random(COUNT) < risk**3).astype(float)
    return Ranking(labels, risk, chance.lognormal(8, 1, COUNT), np.ones(COUNT))


def test_each_once_gives_the_figures_of_a_training_run(ranking: Ranking) -> None:
    days = np.zeros(COUNT, dtype="datetime64[D]")
    plain = evaluated(ranking.labels, ranking.risk, days, ranking.value)
    found = ranking.figures(np.ones(COUNT))
    assert len(found) == 12
    for name, value in found.items():
        assert value == pytest.approx(plain[name], abs=1e-12), name
    assert ranking.average_precision(np.ones(COUNT)) == found["average_precision"]
    assert ranking.calibration_error(ranking.labels) == found["calibration_error"]


def test_a_shipment_that_was_not_drawn_is_as_if_it_were_not_there(ranking: Ranking) -> None:
    drawn = np.random.default_rng(2).random(COUNT) < 0.6
    found = ranking.figures(drawn.astype(float))
    without = ranking.where(drawn).figures(np.ones(drawn.sum()))
    assert found == pytest.approx(without)
    assert found != pytest.approx(ranking.figures(np.ones(COUNT)))


def test_all_drawn_twice_change_nothing(ranking: Ranking) -> None:
    twice = ranking.figures(np.full(COUNT, 2.0))
    assert twice == pytest.approx(ranking.figures(np.ones(COUNT)))


def test_a_ranking_by_the_outcome_itself_is_the_best_there_is(ranking: Ranking) -> None:
    oracle = replace(ranking, risk=ranking.labels).figures(np.ones(COUNT))
    assert oracle["precision_at_1"] == oracle["precision_at_5"] == oracle["average_precision"] == 1
    assert oracle["calibration_error"] == oracle["brier"] == 0
    found = ranking.figures(np.ones(COUNT))
    assert all(found[name] < oracle[name] for name in ("precision_at_5", "recall_at_5"))


def test_risks_are_held_against_what_stands_for_all(ranking: Ranking) -> None:
    told = np.random.default_rng(4).integers(0, 4, COUNT).astype(float)
    weighed = replace(ranking, standing=told).figures(np.ones(COUNT))
    repeated = ranking.figures(told)
    plain = ranking.figures(np.ones(COUNT))
    for name in plain:
        of_risk = name in ("brier", "calibration_error")
        assert weighed[name] == pytest.approx((repeated if of_risk else plain)[name]), name


def test_where_nothing_stands_for_others_risks_are_not_judged(ranking: Ranking) -> None:
    figures = replace(ranking, standing=np.zeros(COUNT)).figures(np.ones(COUNT))
    missing = {name for name, value in figures.items() if np.isnan(value)}
    assert missing == {"brier", "calibration_error"}
