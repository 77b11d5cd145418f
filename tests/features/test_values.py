"""A record alone: its values stand for columns of one, to the last bit."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiprisk.features import NODES, History, arrays
from shiprisk.features.block import Block
from shiprisk.features.columns import columns_of, each_pair, each_text
from shiprisk.features.declare import fact
from shiprisk.features.keys import hashed, parts_of_few, parts_of_one
from shiprisk.features.records import validated
from shiprisk.features.values import (
    DAY,
    NEVER,
    Day,
    alone,
    as_day,
    column_of,
    known,
    missing,
    not_so,
    where,
)
from tests.factory import declarations

numbers = st.floats(allow_subnormal=False, width=64)
some_numbers = st.floats(-1e6, 1e6) | st.just(math.nan)
days = st.integers(-30_000, 60_000).map(Day) | st.just(NEVER)
texts = st.text(max_size=6) | st.none()


def same(left: Any, right: Any) -> bool:
    """The same value of the same kind, bit for bit; NaN is itself."""
    return type(left) is type(right) and (left == right or (left != left and right != right))


@given(numbers | days | texts)
def test_a_value_goes_into_a_column_and_back(value: Any) -> None:
    assert same(alone(column_of(value)), value)


def test_a_day_of_a_list_is_a_day_of_a_record() -> None:
    assert as_day(np.datetime64("1970-01-02", "D")) == 1
    assert missing(as_day(np.datetime64("NaT", "D")))
    assert (
        column_of(as_day(np.datetime64("2022-02-24", "D"))).tolist()
        == column_of(Day(19047)).tolist()
    )


VERBS: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
    "days_between": (arrays.days_between, (days, days)),
    "log_positive": (arrays.log_positive, (some_numbers,)),
    "ratio": (arrays.ratio, (numbers, numbers)),
    "smoothed": (lambda a, b: arrays.smoothed(a, b, 0.3, 5.0), (some_numbers, st.floats(0, 1e6))),
    "one_if_known": (arrays.one_if_known, (numbers,)),
    "or_zero": (arrays.or_zero, (numbers,)),
    "at_least": (lambda a: arrays.at_least(a, 2.5), (numbers,)),
    "at_most": (lambda a: arrays.at_most(a, 2.5), (numbers,)),
    "within": (lambda a: arrays.within(a, -1.0, 1.0), (numbers,)),
    "differ": (arrays.differ, (texts, texts)),
    "as_number": (lambda a, b: arrays.as_number(a > 0, known(b)), (numbers, numbers)),
    "only_where": (lambda a, b: arrays.only_where(a, b > 0), (texts, numbers)),
    "word_for": (
        lambda a: arrays.word_for(a, ("x", "y", "z")),
        (st.sampled_from([0.0, 1.0, 2.0, math.nan]),),
    ),
    "at_level": (
        lambda a, b, c: arrays.at_level(a, b, c),
        (st.sampled_from([0.0, 1.0, math.nan]), numbers, numbers),
    ),
    "where": (lambda a, b: where(a > b, a, b), (numbers, numbers)),
    "missing": (lambda a: missing(a) * 1.0, (numbers | texts | days,)),
    "not_so": (lambda a: not_so(a > 0) * 1.0, (numbers,)),
    "each_text": (lambda a: each_text(a, len, float), (texts,)),
    "each_text to a day": (
        lambda a: each_text(a, lambda text: np.datetime64("2022-02-24", "D") + len(text), DAY),
        (texts,),
    ),
    "each_pair": (lambda a, b: each_pair(a, b, lambda x, y: float(x == y)), (texts, texts)),
}


@pytest.mark.parametrize("verb", VERBS)
@given(data=st.data())
def test_a_verb_does_the_same_to_a_value_as_to_a_column(verb: str, data: st.DataObject) -> None:
    function, kinds = VERBS[verb]
    given_values = [data.draw(kind) for kind in kinds]
    with np.errstate(all="ignore"):
        of_column = alone(np.asarray(function(*map(column_of, given_values))))
    assert same(function(*given_values), of_column)


@pytest.mark.parametrize("verb", [arrays.log, arrays.log1p, arrays.exp, arrays.root])
@given(value=numbers)
def test_where_a_number_stops_the_block_goes_on_with_a_column(
    verb: Callable[[Any], Any], value: float
) -> None:
    @fact
    def twice_worked(net_mass_kg: Any) -> Any:
        """A fact that a number alone may stop."""
        return verb(net_mass_kg)

    one = Block({"net_mass_kg": np.array([value])}, {"it": twice_worked})
    two = Block({"net_mass_kg": np.array([value, value])}, {"it": twice_worked})
    with np.errstate(all="ignore"):
        assert same(one["it"][0].item(), two["it"][0].item())


@given(st.lists(numbers | days | texts, min_size=1, max_size=5))
def test_one_record_has_the_keys_that_it_has_among_others(values: list[Any]) -> None:
    parts, absent = parts_of_one(values)
    few, none = parts_of_few([column_of(value) for value in values], 1)
    assert absent == none[:, 0].tolist()
    kept = [at for at, lost in enumerate(absent) if not lost]
    assert [parts[at] for at in kept] == few[kept, 0].tolist()


def test_a_number_is_hashed_as_pandas_does() -> None:
    values = [0.0, -1.5, 1e300, 42.0]
    assert parts_of_one(values)[0] == hashed(np.array(values)).tolist()


def test_a_block_of_one_gives_columns() -> None:
    records = validated(declarations(2)).accepted
    history = History(NODES).extended(records)
    one, two = history.block(records.iloc[:1]), history.block(records)
    for name in (*records.columns, "hs4", "firm_age_days", "first_shipment_of_trader"):
        assert one[name].dtype == two[name].dtype
        assert one[name].shape == (1,)
        np.testing.assert_array_equal(one[name], two[name][:1])
    assert set(columns_of(records)) <= set(records.columns)
