"""Every list is known, and every row says whose word it is and how sure it is."""

from pathlib import Path

import pytest

import shiprisk.features.lists as lists
from shiprisk.features.lists import CERTAINTIES, LISTS, as_hs2022, rows

FOLDER = Path(lists.__file__).parent


def test_each_file_is_a_list_that_says_what_it_holds() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_each_row_has_a_source_and_a_certainty(name: str) -> None:
    found = rows(f"{name}.csv")
    assert found
    for row in found:
        assert row["source"].strip()
        assert row["checked"] in CERTAINTIES
        assert None not in row, "a comma too many"


@pytest.mark.parametrize("name", LISTS)
def test_what_is_our_judgement_is_not_called_read(name: str) -> None:
    for row in rows(f"{name}.csv"):
        ours = any(word in row["source"] for word in ("own judgement", "from memory"))
        assert not ours or row["checked"] == "own", row


def test_a_code_that_was_split_is_not_taken_to_one_of_its_parts() -> None:
    # 8541.40 held solar cells and light-emitting diodes, which the priority list does not name.
    assert as_hs2022("854140") == "854140"
    assert as_hs2022("854890") == "854800"
