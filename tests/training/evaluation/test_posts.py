"""Posts that are too clean are found among honest ones that found little by chance."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import SIGNALS
from shiprisk.training.evaluation.posts import too_clean
from shiprisk.training.examples import Examples

COLUMNS = tuple(s for s in SIGNALS if s.name in ("firm_age_days", "priority_weight"))
ROWS, OFFICES = 6000, 12


def examples(seed: int, lying: str | None) -> Examples:
    """Outcomes that follow one signal; a lying office writes nine in ten findings down as clean."""
    rng = np.random.default_rng(seed)
    matrix = rng.random((ROWS, len(COLUMNS)))
    office = np.array([f"o{at}" for at in range(OFFICES)])[rng.integers(0, OFFICES, ROWS)]
    found = rng.random(ROWS) < 0.15 * matrix[:, 0]
    found &= ~((office == lying) & (rng.random(ROWS) < 0.9))
    records = pd.DataFrame({
        "customs_office": office,
        "declarant_id": [f"d{at}" for at in rng.integers(0, 400, ROWS)],
        "trader_id": [f"t{at}" for at in rng.integers(0, 900, ROWS)],
    })  # fmt: skip
    return Examples(matrix, found.astype(float), records)


@pytest.mark.parametrize("seed", [0, 1])
def test_an_office_that_hides_its_findings_is_named(seed: int) -> None:
    told = too_clean(examples(seed, "o3"), COLUMNS, seed)
    assert [(post.kind, post.name) for post in told.posts] == [("office", "o3")]
    assert told.posts[0].found < told.posts[0].expected / 2
    assert told.rows.sum() == told.posts[0].inspected


def test_honest_offices_are_not_named() -> None:
    named = [too_clean(examples(seed, None), COLUMNS, seed).posts for seed in range(6)]
    assert sum(map(len, named)) <= 1


def test_too_few_inspections_are_not_tested() -> None:
    few = examples(0, "o3")
    told = too_clean(few.where(np.arange(ROWS) < 100), COLUMNS, 0)
    assert (told.posts, told.tested) == ((), 0)
