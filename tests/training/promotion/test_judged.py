"""Only records that neither model knows, and whose outcomes all had time to be known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.training import ComparisonError
from shiprisk.training.promotion.judged import Judged
from tests.training.promotion.synthetic import DAYS, FIRST, KNOWN, PER_DAY, past

LATER = {"last_day": "2024-01-20", "known_through": "2024-01-24"}
LAST_KNOWN = np.datetime64(FIRST) + DAYS - 1 + 5


def test_nothing_is_judged_that_either_model_may_have_learnt_from() -> None:
    judged = Judged.of(past(), {"1": KNOWN, "2": LATER})
    assert judged.since == np.datetime64("2024-01-25"), "the day after the last outcome known"
    assert judged.days.min() == judged.since
    assert judged.too_early == 24 * PER_DAY
    other_way_round = Judged.of(past(), {"1": LATER, "2": KNOWN})
    assert other_way_round.since == judged.since


def test_days_whose_outcomes_cannot_all_be_known_yet_are_left_out() -> None:
    quick = past()
    slow = quick.inspected["violation"] & (quick.inspected["declaration_id"].str[-1] < "8")
    assert slow.mean() > 0.05
    known_on = quick.inspected["known_on"] + pd.to_timedelta(np.where(slow, 20, 0), "D")
    on_time = known_on <= pd.Timestamp(LAST_KNOWN)  # what an office would have on that day
    late = replace(quick, inspected=quick.inspected.assign(known_on=known_on)[on_time])
    judged = Judged.of(late, {"1": KNOWN, "2": KNOWN})
    assert judged.delay == 25
    assert judged.until == LAST_KNOWN - 25 + 1
    assert judged.days.max() < judged.until
    cut = late.inspected["declared_on"] >= pd.Timestamp(judged.until)
    assert judged.too_late == cut.sum() > 0
    assert late.inspected["violation"][cut].mean() < judged.labels.mean() / 1.3, "why they are cut"


def test_a_day_that_a_model_knows_is_refused_and_named() -> None:
    named = "version 2 was trained on what was known before 2024-01-25"
    with pytest.raises(ComparisonError, match=named):
        Judged.of(past(), {"1": KNOWN, "2": LATER}, date(2024, 1, 24))
    chosen = Judged.of(past(), {"1": KNOWN, "2": LATER}, date(2024, 2, 1))
    assert chosen.since == np.datetime64("2024-02-01")


def test_records_that_both_know_are_refused_with_what_to_do() -> None:
    everything = {"last_day": "2024-02-29", "known_through": "2024-03-05"}
    with pytest.raises(ComparisonError, match=r"Give later records.*--as-of an earlier day"):
        Judged.of(past(), {"1": KNOWN, "2": everything})


def test_records_without_the_past_are_refused() -> None:
    whole = past()
    since = pd.Timestamp("2024-01-10")
    later = replace(
        whole,
        declarations=whole.declarations[whole.declarations["declared_on"] >= since],
        inspected=whole.inspected[whole.inspected["declared_on"] >= since],
    )
    with pytest.raises(ComparisonError, match="give those before 2024-01-10 as well"):
        Judged.of(later, {"1": KNOWN, "2": KNOWN})


def test_models_are_told_no_outcome_of_the_judged_days(tmp_path: Path) -> None:
    judged = Judged.of(past(), {"1": KNOWN, "2": KNOWN})
    judged.write(tmp_path)
    told = pd.read_parquet(tmp_path / "inspected.parquet")
    assert told["known_on"].max() < pd.Timestamp(judged.since)
    asked = pd.read_parquet(tmp_path / "asked.parquet")
    assert asked["declaration_id"].tolist() == judged.rows["declaration_id"].tolist()
    assert {"violation", "known_on"}.isdisjoint(asked)
