"""Where a key stands in a ledger: for one record and for many, wherever its keys lie."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiprisk.features.history.search import find

anywhere = st.integers(0, 2**64 - 1)
near_the_ends = st.sampled_from([0, 1, 2, 2**63, 2**64 - 2, 2**64 - 1])
keys = st.one_of(anywhere, near_the_ends)


@given(st.sets(keys, max_size=300), st.lists(keys, min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("times", [1, 40])
def test_a_key_is_found_where_it_is_and_nowhere_else(
    times: int, held: set[int], asked: list[int]
) -> None:
    ledger = np.array(sorted(held), dtype=np.uint64)
    wanted = np.array([*asked, *list(held)[:3]] * times, dtype=np.uint64)
    slots = np.empty(len(wanted), dtype=np.int64)
    find(ledger, wanted, np.argsort(wanted), slots)
    places = {key: place for place, key in enumerate(ledger.tolist())}
    assert slots.tolist() == [places.get(key, -1) for key in wanted.tolist()]
