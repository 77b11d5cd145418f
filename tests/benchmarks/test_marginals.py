"""The figures that a simulated world is compared with public declarations by."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import marginals


def test_concentration_counts_rows_of_the_largest() -> None:
    values = pd.Series(["a"] * 90 + [f"small {number}" for number in range(10)])
    figures = marginals.concentration(values)
    assert figures["different"] == "11"
    assert figures["rows of the largest 1 %"] == "90.0 %"
    assert figures["of the ten largest"] == "99.0 %"
    assert figures["seen once"] == "90.9 %"


def test_concentration_is_blind_to_missing_cells() -> None:
    values = pd.Series(["a", "b", "b"])
    assert marginals.concentration(pd.concat([values, pd.Series([None] * 5)])) == (
        marginals.concentration(values)
    )


def test_gini_grows_with_inequality() -> None:
    spreads = [np.array([5, 5, 5, 5]), np.array([2, 4, 6, 8]), np.array([1, 1, 1, 17])]
    found = [marginals.gini(counts) for counts in spreads]
    assert found[0] == 0
    assert found == sorted(found)
    assert found[-1] < 1


@pytest.mark.parametrize("index", [0.8, 1.5, 3.0])
def test_the_tail_index_of_a_pareto_law_is_found(index: float) -> None:
    values = np.random.default_rng(0).pareto(index, 100_000) + 1
    assert marginals.hill(values) == pytest.approx(index, rel=0.05)


def test_both_sides_are_matched_in_size_and_the_same_each_time(world: Path) -> None:
    ours = marginals.imports(world)
    sides = {"half": ours.iloc[::2], "whole": ours}
    drawn = marginals.matched(sides)
    assert len(drawn["half"]) == len(drawn["whole"]) == len(ours.iloc[::2])
    assert marginals.page(sides) == marginals.page(sides)


def test_only_imports_of_the_last_twelve_months_are_compared(world: Path) -> None:
    ours = marginals.imports(world)
    assert set(ours["direction"]) == {"import"}
    days = ours["declared_on"]
    assert days.max() - days.min() < pd.Timedelta(days=366)
