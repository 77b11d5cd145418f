"""Totals of days as rows: parted by range, and summed into ledgers, whatever rows there are."""

from collections import defaultdict
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shiprisk.features.history.day_totals import DayTotals, first_keys, range_of
from shiprisk.features.trailing import LedgerKey

# Ledgers of one, three and two columns.
LEDGERS = {
    LedgerKey(("trader_id",), "declared_on", ""): ("",),
    LedgerKey(("hs_code",), "declared_on", ""): ("", "net_mass_kg", "customs_value_usd"),
    LedgerKey(("hs_code",), "known_on", ""): ("", "violation"),
}
WIDTHS = np.array([1, 3, 2])
BINS_AND_DAYS = [0, 1, 19_800, (255 << 20) | 19_800]

Row = tuple[int, int, int, tuple[int, ...]]

keys = st.sampled_from([0, 1, 2**61 - 1, 2**61, 2**63, 2**64 - 1]) | st.integers(0, 2**64 - 1)
amounts = st.tuples(*[st.integers(-(2**40), 2**40)] * 3)
row = st.tuples(st.integers(0, 2), keys, st.sampled_from(BINS_AND_DAYS), amounts).map(
    lambda cells: (*cells[:3], cells[3][: WIDTHS[cells[0]]])
)
rows = st.lists(row, max_size=30)


def day_totals(made: list[Row]) -> DayTotals:
    ledger, key, code, amounts = zip(*made, strict=True) if made else ((), (), (), ())
    return DayTotals(
        np.array(ledger, np.int16),
        np.array(key, np.uint64),
        np.array(code, np.int32),
        np.array([one for of_row in amounts for one in of_row], np.int64),
    )


def rows_of(totals: DayTotals) -> list[Row]:
    ends = np.cumsum(WIDTHS[totals.ledger]).tolist()
    whole = totals.amounts.tolist()
    assert len(whole) == (ends[-1] if ends else 0)
    return [
        (ledger, key, code, tuple(whole[end - WIDTHS[ledger] : end]))
        for ledger, key, code, end in zip(
            totals.ledger.tolist(), totals.keys.tolist(), totals.codes.tolist(), ends, strict=True
        )
    ]


@given(rows, st.sampled_from([2, 4, 64, 1024]))
def test_each_row_is_in_the_range_of_its_key_and_keeps_its_place(
    made: list[Row], ranges: int
) -> None:
    found = list(day_totals(made).by_range(ranges, WIDTHS))
    wanted = defaultdict[int, list[Row]](list)
    for one in made:
        wanted[one[1] * ranges // 2**64].append(one)
    assert [(place, rows_of(part)) for place, part in found] == sorted(wanted.items())


@given(rows, st.randoms(use_true_random=False))
def test_ledgers_hold_the_sum_of_each_key_and_code_in_any_order_of_rows(
    made: list[Row], random: Random
) -> None:
    sums = defaultdict[tuple[int, int, int], list[int]](lambda: [0, 0, 0])
    for ledger, key, code, of_row in made:
        for column, amount in enumerate(of_row):
            sums[ledger, key, code][column] += amount
    random.shuffle(made)
    shelf = day_totals(made).shelf(LEDGERS)
    rows = DayTotals.of((at, shelf.ledger(key)) for at, key in enumerate(LEDGERS))
    wanted = [(*at, tuple(whole[: WIDTHS[at[0]]])) for at, whole in sorted(sums.items())]
    assert rows_of(rows) == wanted


@given(rows, rows)
def test_rows_of_several_parts_are_joined_in_their_order(one: list[Row], other: list[Row]) -> None:
    assert rows_of(DayTotals.joined([day_totals(one), day_totals(other)])) == one + other
    assert rows_of(DayTotals.joined([])) == []


@given(st.sampled_from([2, 8, 1024]))
def test_a_range_begins_with_its_first_key(ranges: int) -> None:
    first = first_keys(ranges)
    assert range_of(first, ranges).tolist() == list(range(ranges))
    assert range_of(first[1:] - np.uint64(1), ranges).tolist() == list(range(ranges - 1))
