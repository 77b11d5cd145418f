"""Who shares an address, and when a field changed, from the versions of the register."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiprisk.features import History
from shiprisk.features.registered import Registered

YOUNG = 40
NODES = {
    "all": Registered(),
    "here": Registered(of="address_id"),
    "young": Registered(of="address_id", younger_than=YOUNG),
    "changed_on": Registered(of="address_id", take="changed_on"),
    "before": Registered(of="address_id", take="before_change"),
}
START = pd.Timestamp("2024-01-01")


def after(days: int) -> pd.Timestamp:
    return START + pd.Timedelta(days=days)


def traders(versions: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        versions, columns=["trader_id", "known_from", "registered_on", "address_id"]
    )
    for name in ("known_from", "registered_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame.astype({"trader_id": "str", "address_id": "str"})


def asked(trader: str, day: pd.Timestamp) -> pd.DataFrame:
    frame = pd.DataFrame({"trader_id": [trader], "declared_on": [day]})
    return frame.astype({"trader_id": "str", "declared_on": "datetime64[s]"})


def told(register: pd.DataFrame, trader: str, day: pd.Timestamp) -> dict[str, Any]:
    block = History(NODES).extended(traders=register).block(asked(trader, day))
    return {name: block[name][0] for name in NODES}


version = st.fixed_dictionaries(
    {
        "trader_id": st.sampled_from(["a", "b", "c"]),
        "known_from": st.integers(0, 60).map(after),
        "registered_on": st.one_of(st.none(), st.integers(-30, 60).map(after)),
        "address_id": st.sampled_from(["X", "Y", None]),
    }
)


@given(st.lists(version, min_size=1, max_size=8), st.integers(0, 110))
@settings(max_examples=150, deadline=None)
def test_counts_and_changes_equal_brute_force(made: list[dict[str, Any]], day: int) -> None:
    versions = list({(v["trader_id"], v["known_from"]): v for v in made}.values())
    found, day_asked = told(traders(versions), "a", after(day)), after(day)
    known = sorted(
        (v for v in versions if v["known_from"] < day_asked), key=lambda v: v["known_from"]
    )
    newest = {v["trader_id"]: v for v in known}
    assert found["all"] == len(newest)
    here = newest.get("a", {}).get("address_id")
    neighbours = [v for v in newest.values() if here and v["address_id"] == here]
    np.testing.assert_equal(found["here"], len(neighbours) if here else np.nan)
    young = [
        v for v in neighbours
        if v["registered_on"] is not None and (day_asked - v["registered_on"]).days < YOUNG
    ]  # fmt: skip
    np.testing.assert_equal(found["young"], len(young) if here else np.nan)
    changed_on = None if np.isnat(found["changed_on"]) else found["changed_on"]
    assert (changed_on, found["before"]) == last_change(known)


def last_change(known: list[dict[str, Any]]) -> tuple[Any, Any]:
    """The day and the former value of firm a's last move from one known address to another."""
    own = [v for v in known if v["trader_id"] == "a" and v["address_id"] is not None]
    moves = [
        (np.datetime64(new["known_from"], "D"), old["address_id"])
        for old, new in pairwise(own)
        if old["address_id"] != new["address_id"]
    ]
    return moves[-1] if moves else (None, None)


def test_what_becomes_known_on_the_day_or_later_does_not_count() -> None:
    register = traders([
        {"trader_id": "a", "known_from": after(0), "registered_on": after(0), "address_id": "X"},
        {"trader_id": "b", "known_from": after(9), "registered_on": after(9), "address_id": "X"},
    ])  # fmt: skip
    assert told(register, "a", after(9))["here"] == 1
    assert told(register, "a", after(10))["here"] == 2


def test_versions_added_later_give_the_same_as_all_at_once() -> None:
    register = traders([
        {"trader_id": name, "known_from": after(day), "registered_on": after(0), "address_id": at}
        for day, (name, at) in enumerate([("a", "X"), ("b", "X"), ("a", "Y"), ("c", "Y")])
    ])  # fmt: skip
    grown = History(NODES).extended(traders=register.iloc[2:]).extended(traders=register.iloc[:2])
    block = grown.block(asked("a", after(50)))
    assert {name: block[name][0] for name in NODES} == told(register, "a", after(50))


def test_without_a_register_nobody_is_counted_and_nothing_changed() -> None:
    frame = asked("a", after(5)).assign(address_id=pd.Series(["X"], dtype="str"))
    block = History(NODES).extended(traders=traders([])).block(frame)
    assert block["here"][0] == block["all"][0] == 0
    assert np.isnat(block["changed_on"][0])
    assert block["before"][0] is None


@pytest.mark.parametrize(
    "wrong", [{"take": "changed_on"}, {"of": "address_id", "take": "changed_on", "younger_than": 1}]
)
def test_a_question_without_a_meaning_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="needs `of`"):
        Registered(**wrong)


def test_a_history_with_another_register_counts_anew() -> None:
    one = {"trader_id": "a", "known_from": after(0), "registered_on": after(0), "address_id": "X"}
    history = History(NODES).extended(traders=traders([one]))
    assert history.block(asked("a", after(5)))["here"][0] == 1
    both = traders([one, {**one, "trader_id": "b"}])
    other = History(NODES).extended(traders=both).register
    assert replace(history, register=other).block(asked("a", after(5)))["here"][0] == 2
    shrunk = replace(other, versions=both.drop(columns="address_id"))
    frame = asked("a", after(5)).assign(address_id=pd.Series(["X"], dtype="str"))
    assert replace(history, register=other).block(frame)["here"][0] == 2
    assert replace(history, register=shrunk).block(frame)["here"][0] == 0
