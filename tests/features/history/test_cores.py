"""Work on several cores gives what it gives on one, in the same order."""

import gc
from threading import get_ident
from weakref import ref

import numpy as np
import pytest

from shiprisk.features import NODES, History, Records, Trailing
from shiprisk.features.history.asked import Asked, Question
from shiprisk.features.history.cores import PARTS, ahead, of_each

TOTALS = tuple(name for name, node in NODES.items() if isinstance(node, Trailing))


def test_of_each_keeps_the_order() -> None:
    assert of_each(lambda x: x * x, list(range(50))) == [x * x for x in range(50)]
    assert of_each(lambda x: x, []) == []


def test_ahead_keeps_the_order_and_works_elsewhere() -> None:
    here = get_ident()
    made = list(ahead(lambda x: (x, get_ident()), iter(range(50))))
    assert [x for x, _ in made] == list(range(50))
    assert {thread for _, thread in made}.isdisjoint({here})


def test_what_goes_wrong_elsewhere_is_told_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ahead(lambda x: 1 // x, [2, 1, 0, 3]))
    with pytest.raises(ZeroDivisionError):
        of_each(lambda x: 1 // x, [1, 0])


def test_items_are_not_made_long_before_they_are_needed() -> None:
    made = list[int]()
    coming = ahead(lambda x: x, (made.append(x) or x for x in range(100)))
    assert next(coming) == 0
    assert len(made) < 10


def test_parts_share_no_key_and_leave_nothing_out() -> None:
    questions = {
        f"{by}{days}": Question((by,), place, 0, days or None)
        for place, by in enumerate(("a", "b", "c", "d", "e", "f"))
        for days in range(0, 90, 30)
    }
    asked = Asked.of(questions)
    keys = [set(asked.table[part, 0].tolist()) for part in asked.parts]
    assert len(keys) == PARTS
    assert sum(map(len, keys)) == len(set().union(*keys)) == 6
    assert sum(len(asked.table[part]) for part in asked.parts) == len(questions)


def test_many_records_are_told_what_few_are(records: Records) -> None:
    declared = records.declarations.tail(2_000)
    history = History(NODES).extended(records.declarations, traders=records.traders)
    together = history.block(declared)
    together.work_out(TOTALS)
    for start in range(0, len(declared), 500):
        few = history.block(declared.iloc[start : start + 500])
        few.work_out(TOTALS)
        for name in TOTALS:
            np.testing.assert_array_equal(together[name][start : start + 500], few[name], name)


def test_many_records_may_ask_for_no_total(records: Records) -> None:
    block = History(NODES).block(records.declarations.head(1_500))
    block.work_out(("priority_weight",))
    assert block.rows == 1_500
    assert not np.isnan(block["priority_weight"]).all()


def test_a_block_is_let_go_of_without_a_search_for_circles(records: Records) -> None:
    history = History(NODES).extended(records.declarations.head(500))
    gc.collect()
    gc.disable()
    try:
        block = history.block(records.declarations.tail(500))
        block.work_out(TOTALS)
        gone = ref(block)
        del block
        assert gone() is None
    finally:
        gc.enable()
