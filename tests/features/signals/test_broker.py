"""What the signals of brokers and offices find."""

from typing import Any

import numpy as np
import pytest

from tests.features.signals.test_meaning import past, value

CHIPS, WASHERS = "8542310000", "8450111100"
ASKED = {"declared_on": "2024-06-01"}


def filed(code: str, day: str, **edits: Any) -> dict[str, Any]:
    return {"hs_code": code, "declared_on": day, **edits}


def test_days_with_the_declarant_are_those_of_the_pair() -> None:
    history = past(filed(WASHERS, "2024-05-01"), filed(WASHERS, "2024-05-20", declarant_id="B-2"))
    assert value("days_with_declarant", history, **ASKED) == 31
    assert value("days_with_declarant", history, declarant_id="B-2", **ASKED) == 12
    assert np.isnan(value("days_with_declarant", history, trader_id="new", **ASKED))
    assert np.isnan(value("days_with_declarant", history, declarant_id="B-3", **ASKED))


def test_a_declarant_who_turns_to_listed_goods_surges() -> None:
    days = ("2023-07-01", "2023-10-01", "2024-01-01", "2024-05-01")
    steady = past(*[filed(CHIPS, day) for day in days])
    sudden = past(*[filed(WASHERS, day) for day in days], *[filed(CHIPS, "2024-05-02")] * 6)
    name = "declarant_priority_surge"
    assert value(name, sudden, **ASKED) > value(name, steady, **ASKED)
    assert value(name, past(*[filed(WASHERS, day) for day in days]), **ASKED) == 0


def test_the_office_through_which_listed_goods_pass_stands_out_and_few_say_little() -> None:
    history = past(
        *[filed(CHIPS, "2024-05-01", customs_office="many")] * 40,
        *[filed(CHIPS, "2024-05-01", customs_office="one")],
        *[filed(WASHERS, "2024-05-01", customs_office="none")] * 60,
    )
    name = "office_priority_share"
    none, one, many = (
        value(name, history, customs_office=office, **ASKED) for office in ("none", "one", "many")
    )
    assert none < one < many < 1
    assert np.isnan(value(name, history, customs_office="unheard of", **ASKED))
    assert np.isnan(value(name, history, customs_office="many", declared_on="2025-06-01"))


@pytest.mark.parametrize("name", ["days_with_declarant", "declarant_priority_surge"])
def test_without_a_declarant_nothing_is_known(name: str) -> None:
    assert np.isnan(value(name, past(filed(CHIPS, "2024-05-01")), declarant_id=None, **ASKED))
