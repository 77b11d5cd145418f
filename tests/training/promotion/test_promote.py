"""A challenger that does not pass changes nothing, unless it is forced, and that is on record."""

import numpy as np
import pytest

from shiprisk.training import (
    CHAMPION,
    Comparison,
    ComparisonError,
    Decision,
    Refused,
    Registry,
    Sides,
    changes_of,
    promote,
    promote_uncompared,
    verdicts,
)
from tests.training.promotion.synthetic import answered, blurred, comparison, judged, true_risks


@pytest.fixture(scope="module")
def worse() -> Comparison:
    rows = judged().rows
    return comparison(answered(true_risks(rows)), answered(blurred(rows, 0.5)))


WHY = Decision("ana", "the old one is slow")
FORCED = Decision("ana", "the old one is slow", force=True)


def test_a_refusal_names_its_gates_and_changes_nothing(
    worse: Comparison, registry: Registry
) -> None:
    said = verdicts(worse)
    with pytest.raises(Refused, match="capacity: precision at 1") as refusal:
        promote(registry, worse, said, WHY, "run")
    assert refusal.value.gates == [one.gate for one in said if not one.passed]
    assert "capacity" in refusal.value.gates
    assert registry.holder(CHAMPION) == "1"
    assert len(changes_of(registry)) == 1


def test_what_was_forced_says_in_spite_of_what(worse: Comparison, registry: Registry) -> None:
    said = verdicts(worse)
    promote(registry, worse, said, FORCED, "run")
    assert registry.holder(CHAMPION) == "2"
    change = changes_of(registry)[-1].change
    assert [told.split(":")[0] for told in change.despite] == [
        one.gate for one in said if not one.passed
    ]
    assert change.comparison == "run"
    row = worse.overall.loc["precision_at_5"]
    assert np.isfinite(row["low"])
    assert any(f"{row['low']:+.3f} to {row['high']:+.3f}" in told for told in change.figures)
    assert "capacity" in registry.version("2").tags["champion.despite"]


def test_without_a_comparison_only_force_goes_on_and_says_so(registry: Registry) -> None:
    reason = ComparisonError("version 1 was stored without what answers")
    with pytest.raises(ComparisonError, match="stored without"):
        promote_uncompared(registry, Sides("1", "2"), WHY, reason)
    assert registry.holder(CHAMPION) == "1"
    promote_uncompared(registry, Sides("1", "2"), FORCED, reason)
    assert registry.holder(CHAMPION) == "2"
    assert changes_of(registry)[-1].change.despite == (f"not compared: {reason}",)
