"""Which inspected shipments stand for all, and what each weighs."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.training.evaluation import every_route, random_part


def inspected(*rows: tuple[str | None, float]) -> pd.DataFrame:
    by, chance = zip(*rows, strict=True)
    return pd.DataFrame({
        "declaration_id": [f"d{at}" for at in range(len(rows))],
        "selected_by": pd.Series(by, dtype="str"),
        "selection_probability": chance,
    })  # fmt: skip


def test_the_random_part_is_random_rows_and_those_that_were_certain() -> None:
    records = inspected(("random", 0.02), ("model", 0.4), ("model", 1.0), ("tip", 1.0), (None, 0.1))
    part = random_part(records)
    assert part.rows.tolist() == [0, 2]
    assert part.weights.tolist() == [50, 1]


def test_random_rows_without_a_recorded_chance_count_the_same() -> None:
    part = random_part(inspected(("random", np.nan), ("random", np.nan), ("rule", 0.5)))
    assert part.rows.tolist() == [0, 1]
    assert part.weights.tolist() == [1, 1]


def test_tips_and_rows_of_unknown_chance_stand_for_nothing() -> None:
    part = every_route(inspected(("tip", 0.001), ("rule", np.nan), ("rule", 0.5)), np.inf)
    assert part.rows.tolist() == [2]


def test_weights_are_clipped_outside_the_random_part_alone() -> None:
    rows = [("random", 0.1), ("random", 0.001), *[("model", 0.5)] * 8, ("model", 0.001)]
    free, clipped = (every_route(inspected(*rows), largest) for largest in (np.inf, 2))
    assert free.weights[-1] == 1000
    assert clipped.weights[-1] == pytest.approx(2 * free.weights[2:].mean())
    assert clipped.weights[:-1].tolist() == free.weights[:-1].tolist()


def test_each_route_counts_by_how_much_it_says() -> None:
    rows = [*[("random", 0.1)] * 4, *[("rule", 0.1)] * 12]
    balanced = every_route(inspected(*rows), np.inf).balanced
    assert balanced == pytest.approx(np.ones(16))


def test_a_route_that_does_not_reach_all_does_not_stand_for_them() -> None:
    records = inspected(*[("random", 0.1)] * 10, *[("model", 0.8)] * 10)
    hits = np.array([0.0] * 10 + [1.0] * 10)
    everything = np.ones(20, dtype=bool)
    part = every_route(records, np.inf)
    assert part.share(hits, everything, shipments=100).figure == 0, "random rows stand for all"
    assert part.share(hits, everything, shipments=12).figure > 0.3, "both routes reach these"


def test_the_weighted_share_is_that_of_all_shipments() -> None:
    rng = np.random.default_rng(0)
    violation = rng.random(50_000) < 0.02
    chance = np.where(violation, 0.5, 0.05)  # inspection looks where it should
    chosen = rng.random(50_000) < chance
    records = inspected(*(("model", p) for p in chance[chosen]))
    hits = violation[chosen].astype(float)
    share = every_route(records, np.inf).share(hits, np.ones(len(hits), dtype=bool), 50_000)
    assert hits.mean() > 0.1, "as they are, inspected shipments mislead"
    assert share.low < violation.mean() < share.high
    assert share.figure == pytest.approx(violation.mean(), rel=0.1)
