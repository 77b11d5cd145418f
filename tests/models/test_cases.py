"""Similar cases: the nearest in what moved the risk, known before the day, never the same one."""

from pathlib import Path

import numpy as np
import pytest

from shiprisk.models import Cases

SIGNALS, HIDDEN = 7, [2]


@pytest.fixture
def cases() -> Cases:
    random = np.random.default_rng(0)
    known_on = np.datetime64("2025-01-01") + random.integers(0, 300, 400)
    shipments = {
        "declaration_id": np.array([f"D{at // 2}" for at in range(400)], dtype=object),
        "item_number": np.arange(400) % 2 + 1,
        "known_on": known_on,
        "violation": random.random(400) < 0.2,
    }
    return Cases.of(shipments, random.normal(size=(400, SIGNALS)), HIDDEN)


def asked() -> np.ndarray:
    added = np.random.default_rng(1).normal(size=SIGNALS)
    added[HIDDEN] = 0
    return added


def test_the_nearest_are_found_as_by_looking_at_all(cases: Cases) -> None:
    day, added = np.datetime64("2025-06-01"), asked()
    found = cases.like(added, day, "D3", 5)
    distance = np.sqrt(((cases.moved.astype(float) - added) ** 2).sum(axis=1))
    before = cases.shipments["known_on"] < day
    another = cases.shipments["declaration_id"] != "D3"
    wanted = sorted(distance[before & another])[:5]
    assert [case["distance"] for case in found] == pytest.approx(wanted)
    assert all(case["known_on"] < str(day) for case in found)


def test_a_shipment_is_no_case_of_itself(cases: Cases) -> None:
    at = 250
    itself, day = cases.shipments["declaration_id"][at], np.datetime64("2026-01-01")
    assert cases.like(cases.moved[at], day, "another", 1)[0]["distance"] == 0
    found = cases.like(cases.moved[at], day, itself, 3)
    assert itself not in {case["declaration_id"] for case in found}
    assert found[0]["distance"] > 0


def test_what_is_hidden_does_not_count(cases: Cases) -> None:
    assert not cases.moved[:, HIDDEN].any()


def test_before_the_first_outcome_there_is_none(cases: Cases) -> None:
    assert cases.like(asked(), np.datetime64("2025-01-01"), "D0", 5) == []


def test_what_is_saved_is_read_again(cases: Cases, tmp_path: Path) -> None:
    cases.save(tmp_path)
    read = Cases.load(tmp_path, SIGNALS)
    assert read is not None
    assert read.digest == cases.digest
    day = np.datetime64("2025-09-01")
    assert read.like(asked(), day, "D3", 4) == cases.like(asked(), day, "D3", 4)
    with pytest.raises(ValueError, match="of 7 signals, not 8"):
        Cases.load(tmp_path, SIGNALS + 1)
    assert Cases.load(tmp_path / "elsewhere", SIGNALS) is None
