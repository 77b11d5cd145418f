"""What a list says makes its version; how it says it does not."""

import pytest

from shiprisk.features.lists import LISTS, changed_lists, list_versions, rows
from shiprisk.features.lists.versions import version_of

ROWS = rows("hubs.csv")


def test_each_list_has_a_version_with_its_newest_day() -> None:
    versions = list_versions()
    assert set(versions) == set(LISTS)
    assert versions["priority"].startswith("2024-02-23 ")
    assert versions["places"].startswith("undated ")


@pytest.mark.parametrize("column", ["country", "since", "until"])
def test_another_word_of_what_a_list_says_is_another_version(column: str) -> None:
    first, *others = ROWS
    assert version_of([{**first, column: "2030-01-01"}, *others]) != version_of(ROWS)
    assert version_of(others) != version_of(ROWS)


def test_another_wording_or_order_is_the_same_version() -> None:
    reworded = [{**row, "why": "…", "source": "…", "checked": "own"} for row in reversed(ROWS)]
    assert version_of(reworded) == version_of(ROWS)


def test_what_changed_is_named_with_both_versions() -> None:
    here = list_versions()
    assert changed_lists(here) == []
    (changed,) = changed_lists({**here, "hubs": "2022-06-28 abc"})
    assert changed == f"hubs (then 2022-06-28 abc, here {here['hubs']})"
    assert len(changed_lists({})) == len(LISTS)
    assert changed_lists({**here, "gone": "x"}) == ["gone (then x, here none)"]
