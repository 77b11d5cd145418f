"""A dated list as bits, against its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiprisk.features.lists import Dated
from shiprisk.features.lists.rows import Spell

START = np.datetime64("2022-01-01", "D")
spells = st.builds(
    lambda what, first, length: Spell(what, START + first, START + first + length),
    st.sampled_from("abc"),
    st.integers(0, 30),
    st.integers(1, 30),
)


@given(st.lists(spells, max_size=8), st.lists(st.integers(-5, 70), min_size=1))
def test_an_entry_holds_on_the_days_of_any_of_its_spells(
    held: list[Spell], asked: list[int]
) -> None:
    dated, days = Dated(held), START + np.array(asked)
    for what in "abcd":
        wanted = [any(s.what == what and s.since <= day < s.until for s in held) for day in days]
        assert dated.hold(np.full(len(days), dated.periods(what)), days).tolist() == wanted


def test_a_list_with_too_many_days_is_refused() -> None:
    with pytest.raises(ValueError, match="62"):
        Dated(Spell("a", START + at, START + at + 1) for at in range(70))
