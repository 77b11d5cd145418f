"""Dated lists that tell what to make of a firm."""

import numpy as np
import pytest

from shiprisk.features.lists import countries_of_concern, export_controls_since, intermediary
from shiprisk.features.lists.rows import rows


@pytest.mark.parametrize("name", ["concern.csv", "events.csv", "activity_groups.csv"])
def test_every_row_says_since_when(name: str) -> None:
    assert rows(name)
    for row in rows(name):
        since = np.datetime64(row["since"], "D")
        assert not row.get("until") or np.datetime64(row["until"], "D") > since


def test_a_line_of_business_has_one_row() -> None:
    codes = [row["code"] for row in rows("activity_groups.csv")]
    assert len(set(codes)) == len(codes)
    assert all(code.isdigit() for code in codes)


@pytest.mark.parametrize("code", ["5229", "52.29", "52291", "52.29.1"])
def test_a_code_is_known_by_its_beginning_however_it_is_written(code: str) -> None:
    assert intermediary(code) == ("5229", "a forwarder")


def test_other_lines_of_business_act_for_themselves() -> None:
    assert intermediary("46431") is None
    assert intermediary("5") is None
    assert intermediary("") is None


def test_an_entry_holds_from_its_first_day_on() -> None:
    concern = countries_of_concern()
    days = np.array([SINCE - 1, SINCE, SINCE + 1000, np.datetime64("NaT", "D")])
    periods = np.array([concern.periods("RU")])
    assert concern.hold(periods, days).tolist() == [False, True, True, False]
    assert concern.periods("KZ") == 0


SINCE = export_controls_since(np.empty(0, "datetime64[D]"))
