"""The queue: whole shipments, the riskiest first, and none by owner nationality alone."""

import pandas as pd
import pytest

from shiprisk.serving import QUEUE_SCHEMA, Capacity, Selection, SelectionError, queue_of

KEY = ["declaration_id", "item_number"]
DAY = pd.Timestamp("2024-05-06")


def scored(**risks: float) -> pd.DataFrame:
    """A score for each `declaration_item=risk`."""
    keys = [name.split("_") for name in risks]
    return pd.DataFrame({
        "declaration_id": [one for one, _ in keys],
        "item_number": [int(item) for _, item in keys],
        "risk": list(risks.values()),
        "risk_without_owner_nationality": list(risks.values()),
        "lane": "green", "reasons": [[] for _ in keys], "families": [{} for _ in keys],
        "base": -3.0, "missing": [[] for _ in keys], "model_version": "0123456789ab",
    })  # fmt: skip


def queue(scores: pd.DataFrame, selection: Selection, days: object = DAY, **more: object) -> list:
    given = pd.Series(days, scores.index)
    found = queue_of(scores, given, selection, **more)  # type: ignore[arg-type]
    assert set(found) == set(QUEUE_SCHEMA.names)
    return found[KEY].agg(tuple, axis=1).tolist()


def test_a_shipment_is_listed_with_all_its_items() -> None:
    scores = scored(a_1=0.1, b_1=0.5, a_2=0.9, c_1=0.4)
    assert queue(scores, Selection(Capacity(a_day=2), 0.0)) == [("a", 2), ("b", 1), ("a", 1)]


def test_the_riskiest_of_each_day_stands_first() -> None:
    scores = scored(a_1=0.1, b_1=0.5, c_1=0.9, d_1=0.4)
    days = [DAY, DAY, DAY - pd.Timedelta(days=1), DAY - pd.Timedelta(days=1)]
    listed = queue(scores, Selection(Capacity(a_day=9)), days)
    assert listed == [("c", 1), ("d", 1), ("b", 1), ("a", 1)]


def test_owner_nationality_alone_brings_no_shipment_on_the_list() -> None:
    scores = scored(a_1=0.9, b_1=0.2)
    scores["risk_without_owner_nationality"] = [0.1, 0.2]
    assert queue(scores, Selection(Capacity(a_day=1), 0.0)) == [("b", 1)]


def test_the_uncertain_part_goes_where_two_models_disagree() -> None:
    scores, other = scored(a_1=0.9, b_1=0.2, c_1=0.3), scored(c_1=0.3, b_1=0.6, a_1=0.9)
    selection = Selection(Capacity(a_day=2), random_share=0.0, uncertain_share=0.5)
    assert queue(scores, selection, second=other) == [("a", 1), ("b", 1)]


def test_a_second_opinion_must_know_every_item() -> None:
    selection = Selection(Capacity(a_day=2), 0.0, 0.5)
    with pytest.raises(SelectionError, match="lacks 1 of 2"):
        queue(scored(a_1=0.9, b_1=0.2), selection, second=scored(a_1=0.9, c_1=0.1))


def test_an_item_that_stands_twice_is_refused() -> None:
    twice = pd.concat([scored(a_1=0.9, b_1=0.2), scored(a_1=0.8)], ignore_index=True)
    with pytest.raises(SelectionError, match="1 goods items stand twice"):
        queue(twice, Selection(Capacity(a_day=2)))


def test_a_row_without_a_risk_is_refused() -> None:
    with pytest.raises(SelectionError, match="1 rows lack"):
        queue(scored(a_1=0.9, b_1=float("nan")), Selection(Capacity(a_day=2)))
