"""A capacity is kept, chances are what they are said to be, and every shipment may have one."""

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from shiprisk.serving import Capacity, Selection, SelectionError, select

DAY = np.datetime64("2024-05-06", "D")


def shipments(sizes: list[int], levels: int, seed: int = 0) -> pd.DataFrame:
    """So many shipments on days one after the other (a size of 0: nothing on that day).

    levels: how many different risks there are; few make ties.
    """
    rng = np.random.default_rng(seed)
    days = np.repeat(DAY + np.arange(len(sizes)), sizes)
    names = np.array([f"55301/{at:06d}" for at in range(len(days))], dtype=object)
    risk, apart = rng.integers(0, levels, (2, len(days))) / levels
    return pd.DataFrame({"day": days, "shipment": names, "risk": risk, "apart": apart})


def chosen(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    columns = (rows[name].to_numpy() for name in ("shipment", "day", "risk"))
    found = select(*columns, selection, rows["apart"].to_numpy())
    return found.assign(day=rows["day"].to_numpy(), chosen=found["selected_by"].notna())


SIZES = st.lists(st.integers(0, 40), min_size=1, max_size=5).filter(any)
SHARES = st.sampled_from([0.0, 0.01, 0.1, 0.25, 1 / 3, 0.5])
CAPACITIES = st.one_of(
    st.builds(Capacity, a_day=st.integers(1, 30)),
    st.builds(Capacity, share=st.sampled_from([0.01, 0.05, 0.1, 1 / 3, 1.0])),
)
SELECTIONS = st.builds(Selection, CAPACITIES, SHARES, SHARES, st.integers(0, 10**15))


@settings(max_examples=60, deadline=None)
@given(SIZES, st.sampled_from([1, 3, 1000]), SELECTIONS)
def test_a_day_has_its_capacity_and_its_probabilities_add_up_to_it(
    sizes: list[int], levels: int, selection: Selection
) -> None:
    found = chosen(shipments(sizes, levels), selection)
    by_day = found.groupby("day")
    of_day = by_day["chosen"].agg(["size", "sum"])
    capacity = of_day["size"].map(selection.capacity.on)
    assert (of_day["sum"] >= np.floor(capacity - 1e-6)).all()
    assert (of_day["sum"] <= np.ceil(capacity + 1e-6)).all()
    if selection.capacity.a_day:  # a whole number is kept exactly
        assert (of_day["sum"] == of_day["size"].clip(upper=selection.capacity.a_day)).all()
    assert np.allclose(by_day["probability"].sum(), capacity)


@settings(max_examples=60, deadline=None)
@given(SIZES, st.sampled_from([1, 3, 1000]), SELECTIONS)
def test_who_is_chosen_had_a_chance_and_with_a_random_part_everyone_has(
    sizes: list[int], levels: int, selection: Selection
) -> None:
    found = chosen(shipments(sizes, levels), selection)
    probability = found["probability"]
    assert probability.between(0, 1).all()
    assert (probability[found["chosen"]] > 0).all()
    assert found["chosen"][probability > 1 - 1e-9].all()
    if selection.random_share:
        assert (probability > 0).all()
    else:
        assert not found["selected_by"].eq("random").any()


@settings(max_examples=25, deadline=None)
@given(SIZES, SELECTIONS, st.randoms(use_true_random=False))
def test_order_and_other_days_change_nothing(
    sizes: list[int], selection: Selection, luck: np.random.Generator
) -> None:
    rows = shipments(sizes, 3)
    found = chosen(rows, selection)
    order = list(range(len(rows)))
    luck.shuffle(order)
    mixed = chosen(rows.iloc[order], selection).iloc[np.argsort(order)]
    pd.testing.assert_frame_equal(mixed.reset_index(drop=True), found)
    last = rows["day"] == rows["day"].max()
    alone = chosen(rows[last], selection)
    pd.testing.assert_frame_equal(alone, found[last.to_numpy()].reset_index(drop=True))


@pytest.mark.parametrize("capacity", ["6/day", "7%"])
def test_over_seeds_each_is_chosen_as_often_as_said(capacity: str) -> None:
    rows, seeds = shipments([14, 9], 4), 250
    times = np.zeros(len(rows))
    for seed in range(seeds):
        found = chosen(rows, Selection(Capacity.of(capacity), 0.25, 0.2, seed))
        times += found["chosen"].to_numpy()
    said = found["probability"].to_numpy()
    error = np.sqrt(said * (1 - said) / seeds)
    assert (np.abs(times / seeds - said) <= 4.5 * error + 1e-9).all()


def alike_days(size: int, days: int) -> pd.DataFrame:
    """Days on which the shipments of each place have the same risk, under names of their own."""
    rows = shipments([size] * days, 1000)
    risk = np.tile(np.random.default_rng(1).permutation(size) / size, days)
    return rows.assign(risk=risk, apart=1 - risk, place=np.tile(np.arange(size), days))


def test_over_days_each_is_chosen_as_often_as_said() -> None:
    rows = alike_days(25, days := 2000)
    found = chosen(rows, Selection(Capacity(share=0.17), 0.23, 0.2, seed=0))
    by_place = found.groupby(rows["place"])
    said = by_place["probability"].first()
    assert said.nunique() > 3  # certain, at the border of each part, and left to chance
    error = np.sqrt(said * (1 - said) / days)
    assert (np.abs(by_place["chosen"].mean() - said) <= 4.5 * error + 1e-9).all()


def test_those_named_random_are_a_fair_sample_of_the_day() -> None:
    rows = alike_days(30, days := 2000)
    found = chosen(rows, Selection(Capacity(a_day=9), random_share=1 / 3, seed=0))
    named = found["selected_by"].eq("random").groupby(rows["place"]).mean()
    rate = 3 / (30 - 6)
    assert (np.abs(named - rate) <= 4.5 * np.sqrt(rate * (1 - rate) / days)).all()


def test_inverse_probabilities_lead_back_to_all_rows() -> None:
    rows = alike_days(60, days := 1000)
    wrong = rows["place"] % 7 == 3
    found = chosen(rows, Selection(Capacity(a_day=12), 0.25, 0.1, seed=0))
    counted = (wrong / found["probability"])[found["chosen"]]
    told = counted.groupby(found["day"]).sum()
    assert len(told) == days
    assert abs(told.mean() - wrong.sum() / days) <= 4 * told.std() / np.sqrt(days)


def test_without_chance_the_riskiest_are_chosen_and_then_the_most_uncertain() -> None:
    rows = pd.DataFrame({
        "day": DAY, "shipment": list("abcdef"),
        "risk": [0.9, 0.1, 0.8, 0.2, 0.3, 0.4],
        "apart": [0.9, 0.1, 0.0, 0.8, 0.2, 0.3],
    })  # fmt: skip
    found = chosen(rows, Selection(Capacity(a_day=4), 0.0, 0.25))
    assert found["chosen"].tolist() == [True, False, True, True, False, True]
    assert found["selected_by"].dropna().unique().tolist() == ["model"]
    assert found["probability"].tolist() == [1, 0, 1, 1, 0, 1]


def test_a_shipment_takes_its_riskiest_item_and_is_chosen_whole() -> None:
    names = np.array(["a", "b", "a", "c"], dtype=object)
    risk = np.array([0.1, 0.5, 0.9, 0.4])
    found = select(names, np.full(4, DAY), risk, Selection(Capacity(a_day=1), 0.0))
    assert found["selected_by"].notna().tolist() == [True, False, True, False]


def test_fewer_shipments_than_the_capacity_are_all_inspected() -> None:
    found = chosen(shipments([3, 0, 1], 5), Selection(Capacity(a_day=10), 0.1))
    assert found["chosen"].all()
    assert (found["probability"] == 1).all()


def test_nothing_is_chosen_of_nothing() -> None:
    none = shipments([1], 2).head(0)
    assert chosen(none, Selection(Capacity(a_day=10))).empty


def test_without_a_seed_nobody_knows_what_is_drawn() -> None:
    seeds = {Selection(Capacity(a_day=3)).seed for _ in range(5)}
    assert len(seeds) == 5
    assert min(seeds) > 10**9


def test_the_same_shipment_draws_the_same_number_everywhere() -> None:
    # Written down once: a queue made elsewhere, or by a later version, must be the same.
    rows = shipments([12], 1)
    found = chosen(rows, Selection(Capacity(a_day=3), random_share=1.0, seed=3))
    assert np.flatnonzero(found["chosen"]).tolist() == [2, 3, 9]


@pytest.mark.parametrize("column", ["shipment", "day", "risk", "apart"])
def test_a_row_that_lacks_something_is_counted_and_refused(column: str) -> None:
    rows = shipments([5], 10).astype({"day": "datetime64[s]"})
    rows.loc[2, column] = None
    with pytest.raises(SelectionError, match="1 rows lack"):
        chosen(rows, Selection(Capacity(a_day=2)))


def test_an_uncertain_part_needs_a_second_opinion() -> None:
    rows = shipments([5], 10)
    columns = (rows[name].to_numpy() for name in ("shipment", "day", "risk"))
    with pytest.raises(SelectionError, match="second opinion"):
        select(*columns, Selection(Capacity(a_day=2), 0.1, 0.1))


@pytest.mark.parametrize(
    ("text", "on_40"), [("50/day", 40), ("3 / day", 3), ("5%", 2), ("12.5 %", 5), ("100%", 40)]
)
def test_a_capacity_is_read_from_text(text: str, on_40: float) -> None:
    capacity = Capacity.of(text)
    assert capacity.on(40) == pytest.approx(on_40)
    assert Capacity.of(str(capacity)) == capacity


@pytest.mark.parametrize(
    "text", ["", "50", "0/day", "-1/day", "0%", "101%", "nan%", "5e3/day", "9999999999/day", "x%"]
)
def test_what_is_no_capacity_is_refused(text: str) -> None:
    with pytest.raises(SelectionError, match="capacity"):
        Capacity.of(text)


@pytest.mark.parametrize(
    "wrong",
    [
        {"random_share": -0.1},
        {"random_share": float("nan")},
        {"uncertain_share": 1.1},
        {"random_share": 0.6, "uncertain_share": 0.6},
        {"seed": -1},
        {"seed": 10**16},
    ],
)
def test_what_is_no_selection_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(SelectionError):
        Selection(Capacity(a_day=5), **wrong)  # type: ignore[arg-type]
