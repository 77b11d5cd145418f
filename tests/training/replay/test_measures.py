"""What is said of a replay, on weeks made by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from shiprisk.training.replay.estimates import estimated_rates, weighted_count_limits
from shiprisk.training.replay.measures import (
    average_precision,
    by_week,
    intervals,
    shipments_of,
    totals,
)
from shiprisk.training.replay.recovery import recoveries

MONDAY = date(2024, 1, 1)


def weeks(*found: int, inspected: int = 10, diverted: int = 10, luck: int = 0) -> pd.DataFrame:
    """A world with one busy day a week, on which so many of the inspected were diverted."""
    parts = []
    for week, hits in enumerate(found):
        truly = np.arange(40) < diverted
        looked = np.r_[np.arange(hits), 39 - np.arange(inspected - hits)]
        parts.append(pd.DataFrame({
            "week": week, "day": pd.Timestamp(MONDAY) + pd.Timedelta(days=7 * week),
            "trader": [f"{at % 13}" for at in range(40)], "diverted": truly.astype(float),
            "violation": truly.astype(float), "risk": np.linspace(1, 0, 40),
            "inspected": np.isin(np.arange(40), looked), "at_random": False, "probability": 0.25,
            "world": luck,
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def test_a_week_counts_what_was_found_and_what_could_have_been() -> None:
    week = by_week(weeks(6, diverted=8)).loc[(0, 0)]
    assert week.to_dict() == {
        "inspected": 10, "found": 6, "ranked": 8, "diverted": 8, "most": 8,
    }  # fmt: skip


def test_the_most_is_counted_day_by_day() -> None:
    two = weeks(3, diverted=5)
    later = two.assign(day=two["day"] + pd.Timedelta(days=1), diverted=1.0, inspected=False)
    # On the second day nothing was inspected: an oracle would have found nothing either.
    assert by_week(pd.concat([two, later], ignore_index=True)).loc[(0, 0), "most"] == 5


def test_totals_are_over_all_weeks_and_worlds() -> None:
    both = pd.concat([weeks(6, 2), weeks(10, luck=1)], ignore_index=True)
    row = totals({"one": both}).loc["one"]
    assert (row["inspected"], row["found"]) == (30, 18)
    assert row["precision"] == row["of the oracle"] == 0.6
    assert row["precision of the riskiest"] == 1
    assert row["average precision"] == average_precision(both) == 1


def test_shipments_take_the_worst_of_their_items() -> None:
    items = pd.DataFrame({
        "declaration_id": ["a", "a", "b"], "declared_on": pd.Timestamp(MONDAY), "week": 0,
        "trader_id": ["x", "x", "y"], "diverted": [False, True, False],
        "violation": [False, False, True], "risk": [0.1, 0.4, 0.2],
        "selected_by": ["random", "random", None], "probability": [0.1, 0.1, 0.1],
    })  # fmt: skip
    found = shipments_of(items)
    assert found["diverted"].tolist() == [1, 0]
    assert found["violation"].tolist() == [0, 1]
    assert found["risk"].tolist() == [0.4, 0.2]
    assert found["inspected"].tolist() == found["at_random"].tolist() == [True, False]


SHOCK = date(2024, 2, 28)  # in week 8


@pytest.mark.parametrize(
    ("after", "lowest", "at", "back"),
    [
        ([8] * 14, 0.8, 0, 0),  # nothing happened
        ([8, 8, 2, 2, 2, 2, 8, 8, 8, 8, 8, 8], 0.2, 2, 6),
        ([2] * 14, 0.2, 0, np.nan),  # never again
        ([7] * 14, 0.7, 0, np.nan),  # just below nine tenths
        ([8] * 16 + [2] * 6, 0.8, 0, 0),  # a fall that is another story
    ],
)
def test_weeks_until_it_is_back(after: list[int], lowest: float, at: int, back: float) -> None:
    told = recoveries({"one": weeks(*[8] * 8, *after)}, MONDAY, SHOCK).loc["one"]
    assert told["before"] == pytest.approx(0.8)
    assert told["lowest"] == pytest.approx(lowest)
    assert told["at week"] == at
    assert told["back"] == back or (np.isnan(back) and np.isnan(told["back"]))


def test_a_difference_is_measured_on_the_same_draws() -> None:
    well, badly = weeks(9, 9, 9), weeks(2, 2, 2)
    found = intervals({"exploitation": well, "other": badly, "same": well.copy()})
    assert found.loc["same", ("more", slice(None))].tolist() == [0, 0, 0]
    assert found.loc["other", ("more", "high")] < -0.3
    assert found.loc["exploitation", ("more", slice(None))].isna().all()
    inside = found["precision"]
    assert (inside["low"] <= inside["figure"]).all()
    assert (inside["figure"] <= inside["high"]).all()


def test_an_estimate_holds_the_truth_as_often_as_it_says() -> None:
    rng, size, held, told = np.random.default_rng(0), 4000, 0, []
    for _ in range(200):
        risk = rng.random(size)
        probability = np.where(risk > 0.95, 1.0, 0.03)
        rows = pd.DataFrame({
            "violation": (rng.random(size) < 0.01 + 0.3 * (risk > 0.95)).astype(float),
            "inspected": rng.random(size) < probability,
            "at_random": False, "probability": probability,
        })  # fmt: skip
        row = estimated_rates({"one": rows}).loc["one"]
        held += row["low"] <= row["true"] <= row["high"]
        told.append(row["estimate"] - row["true"])
    assert held >= 0.93 * 200
    assert abs(np.mean(told)) < 4 * np.std(told) / np.sqrt(200)


def test_where_some_have_no_chance_there_is_no_estimate() -> None:
    rows = weeks(5).assign(probability=lambda one: one["inspected"].astype(float))
    row = estimated_rates({"one": rows}).loc["one"]
    assert row[["estimate", "low", "high"]].isna().all()
    assert row["among inspected"] == 0.5
    assert row["true"] == 0.25


def test_limits_where_nothing_was_found_are_those_of_nothing_found() -> None:
    low, high = weighted_count_limits(np.empty(0), 100.0)
    assert low == 0
    assert high == pytest.approx(369, abs=1)
