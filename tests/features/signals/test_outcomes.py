"""What the signals of outcomes find: at neighbours, how long ago, and against what is usual."""

from typing import Any

import numpy as np
import pytest

from shiprisk.features import History
from tests.features.signals.test_meaning import past, value

CHIPS, WASHERS = "8542310000", "8450111100"
ASKED = {"declared_on": "2024-06-01"}


def inspected(*cases: tuple[dict[str, Any], bool], known_on: str = "2024-03-01") -> History:
    """A history of declarations of 2024 that were inspected, each with its outcome."""
    records = [{"declared_on": "2024-01-01", **edits} for edits, _ in cases]
    outcomes = [
        {"at": at, "known_on": known_on, "violation": violation}
        for at, (_, violation) in enumerate(cases)
    ]
    return past(*records, outcomes=outcomes)


TIES = [("neighbours_hit_rate", "address_id"), ("sister_firms_hit_rate", "director_id")]


@pytest.mark.parametrize(("name", "field"), TIES)
def test_what_was_found_at_other_firms_of_the_same_place_counts(name: str, field: str) -> None:
    history = inspected(
        *[({field: "bad", "trader_id": "other"}, True)] * 4,
        *[({field: "good", "trader_id": "another"}, False)] * 40,
    )
    good, bad = (value(name, history, **{field: at}, **ASKED) for at in ("good", "bad"))
    assert 0 < good < bad < 1
    assert np.isnan(value(name, history, **{field: "elsewhere"}, **ASKED))
    assert np.isnan(value(name, history, **{field: "bad"}, declared_on="2024-03-01"))


@pytest.mark.parametrize(("name", "field"), TIES)
def test_the_firms_own_outcomes_are_not_its_neighbours(name: str, field: str) -> None:
    history = inspected(
        ({field: "X", "trader_id": "own"}, True), ({field: "Y", "trader_id": "other"}, False)
    )
    assert np.isnan(value(name, history, **{field: "X"}, trader_id="own", **ASKED))
    assert value(name, history, **{field: "X"}, trader_id="new", **ASKED) > 0.5


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("days_since_violation_of_trader", "trader_id"),
        ("days_since_violation_of_partner", "partner_id"),
        ("days_since_violation_of_declarant", "declarant_id"),
        ("days_since_violation_at_address", "address_id"),
    ],
)
def test_days_since_a_violation_pass_over_clean_outcomes(name: str, field: str) -> None:
    history = past(
        *[{"declared_on": "2024-01-01", field: "X"}] * 2,
        {"declared_on": "2024-01-01", field: "clean"},
        outcomes=[
            {"at": 0, "known_on": "2024-02-01", "violation": True},
            {"at": 1, "known_on": "2024-05-01", "violation": False},
            {"at": 2, "known_on": "2024-05-01", "violation": False},
        ],
    )
    assert value(name, history, **{field: "X"}, declared_on="2024-06-01") == 121
    assert np.isnan(value(name, history, **{field: "X"}, declared_on="2024-02-01"))
    assert np.isnan(value(name, history, **{field: "clean"}, **ASKED))
    assert np.isnan(
        value(name, history, **{field: None if field != "trader_id" else "new"}, **ASKED)
    )


def test_days_since_an_inspection_count_clean_outcomes_too() -> None:
    history = inspected(({}, False), known_on="2024-05-01")
    assert value("days_since_inspected", history, **ASKED) == 31
    assert np.isnan(value("days_since_inspected", history, trader_id="new", **ASKED))
    assert np.isnan(value("days_since_inspected", history, declared_on="2024-05-01"))


LIKE = [
    ("office_finds_more_than_others", "customs_office"),
    ("declarant_found_more_than_others", "declarant_id"),
]


def outcomes(field: str, at: str, code: str, violations: int, of: int) -> list[Any]:
    return [({field: at, "hs_code": code}, number < violations) for number in range(of)]


@pytest.mark.parametrize(("name", "field"), LIKE)
def test_too_clean_lies_below_too_many_lies_above_and_the_usual_at_zero(
    name: str, field: str
) -> None:
    history = inspected(
        *outcomes(field, "clean", CHIPS, 0, 40),
        *outcomes(field, "usual", CHIPS, 10, 40),
        *outcomes(field, "many", CHIPS, 20, 40),
    )
    asked = {"hs_code": CHIPS, **ASKED}
    clean, usual, many = (
        value(name, history, **{field: at}, **asked) for at in ("clean", "usual", "many")
    )
    assert clean < 0 < many
    assert usual == pytest.approx(0)


@pytest.mark.parametrize(("name", "field"), LIKE)
def test_finding_more_because_more_listed_goods_pass_is_not_finding_more(
    name: str, field: str
) -> None:
    history = inspected(
        *outcomes(field, "chips", CHIPS, 20, 40), *outcomes(field, "chips", WASHERS, 1, 10),
        *outcomes(field, "washers", CHIPS, 5, 10), *outcomes(field, "washers", WASHERS, 4, 40),
    )  # fmt: skip
    for code in (CHIPS, WASHERS):
        for at in ("chips", "washers"):
            found = value(name, history, **{field: at}, hs_code=code, **ASKED)
            assert found == pytest.approx(0)


@pytest.mark.parametrize(("name", "field"), LIKE)
def test_few_clean_outcomes_say_less_than_many(name: str, field: str) -> None:
    history = inspected(
        *outcomes(field, "few", CHIPS, 0, 2),
        *outcomes(field, "many", CHIPS, 0, 60),
        *outcomes(field, "rest", CHIPS, 30, 60),
    )
    asked = {"hs_code": CHIPS, **ASKED}
    few, many = (value(name, history, **{field: at}, **asked) for at in ("few", "many"))
    assert many < few < 0


@pytest.mark.parametrize(("name", "field"), LIKE)
def test_without_outcomes_here_or_findings_elsewhere_nothing_is_said(name: str, field: str) -> None:
    history = inspected(*outcomes(field, "here", CHIPS, 1, 4))
    assert np.isnan(value(name, history, **{field: "here"}, hs_code=CHIPS, **ASKED))
    assert np.isnan(value(name, history, **{field: "there"}, hs_code=CHIPS, **ASKED))
