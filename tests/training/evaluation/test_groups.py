"""Groups: by tier on the day, by month, and what was never seen before a fold."""

import numpy as np
import pandas as pd

from shiprisk.training import Past
from shiprisk.training.evaluation import Judged, never_seen
from shiprisk.training.evaluation.firms import by_firm
from shiprisk.training.evaluation.groups import groups_of
from shiprisk.training.evaluation.stability import overlap

from .conftest import Made

START = np.datetime64("2024-01-01")


def past_of(trader: str, day: str) -> Past:
    declared = pd.DataFrame({"trader_id": [trader], "declared_on": [pd.Timestamp(day)]})
    return Past(declared.assign(hs_code="8542310000"), declared.head(0), None)


def groups(judged: Judged, past: Past) -> dict[str, np.ndarray]:
    return groups_of(judged, (), past, (START,))


def test_goods_are_listed_from_the_day_of_the_list(made: Made) -> None:
    days = pd.to_datetime(["2023-01-01", "2024-01-01", "2024-01-01"])
    judged = made(np.zeros(3), hs_code=["8542310000", "8542310000", "0101210000"], declared_on=days)
    found = groups(judged, past_of("t0", "2023-01-01"))
    assert found["tier_1"].tolist() == [False, True, False]
    assert found["not_listed"].tolist() == [True, False, True]


def test_months_and_countries_part_the_shipments(made: Made) -> None:
    days = pd.to_datetime(["2024-01-31", "2024-02-01", "2024-02-02"])
    sent = ["CN", "TR", None]
    judged = made(np.zeros(3), hs_code="0101210000", declared_on=days, country_of_dispatch=sent)
    past = past_of("t0", "2023-01-01")
    found = groups(
        judged, Past(past.declarations.assign(country_of_dispatch="CN"), past.inspected, None)
    )
    assert found["month_2024-01"].tolist() == [True, False, False]
    assert found["month_2024-02"].tolist() == [False, True, True]
    assert found["from_CN"].tolist() == [True, False, False]


def test_a_firm_is_new_until_the_fold_after_its_first_declaration(made: Made) -> None:
    judged = made(np.zeros(2), trader_id=["t", "t"])
    judged.fold[1] = 1
    starts = (START, np.datetime64("2024-03-01"))
    new = never_seen(judged, past_of("t", "2024-02-01"), starts, ["trader_id"])
    assert new.tolist() == [True, False]


def test_a_firm_with_many_findings_counts_once() -> None:
    labels, risk = np.zeros(100), np.linspace(1, 0, 100)
    firms = np.array([f"t{at}" for at in range(100)])
    labels[:8], firms[:8] = 1, "many"
    assert by_firm(labels, risk, firms)["firm_precision_at_10"] == 1 / 3


def test_overlap_is_what_two_rankings_share(made: Made) -> None:
    risk = np.random.default_rng(0).random(1000)
    same = made(risk)
    assert overlap(same) == {f"overlap_at_{at}": 1 for at in (1, 2, 5, 10)}
    turned = Judged(same.records, same.matrix, risk, risk, -risk, same.fold)
    assert set(overlap(turned).values()) == {0}
