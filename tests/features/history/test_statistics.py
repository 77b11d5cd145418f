"""Published figures against what arrived: of the same months, in any order, once they are out."""

from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import NODES, History, load_history, save_history
from tests.asked import published, typed

TOTALS = (
    "reports_of_goods", "sent_kg_of_goods", "arrived_kg_of_goods", "sent_kg_of_heading",
    "arrived_kg_of_heading", "sent_kg_of_all_partners", "arrived_kg_of_all_partners",
    "goods_sent_usd_in_a_year", "all_sent_usd_in_two_years", "listed_sent_usd_in_a_year",
    "months_published_in_two_years",
)  # fmt: skip

SOME = {name: NODES[name] for name in (*TOTALS, "hs6", "hs4", "list_in_force")}


def arrived(day: str, kg: float | None, **edits: Any) -> dict[str, Any]:
    return {"declaration_id": f"{day} {edits}", "declared_on": day, "net_mass_kg": kg, **edits}


def told(history: History, day: str, **edits: Any) -> dict[str, float]:
    """Every total for washing machines from Türkiye, asked on a day."""
    block = history.block(typed({"declared_on": day, **edits}))
    return {name: float(block[name][0]) for name in TOTALS}


def history(declared: list[dict[str, Any]], figures: list[dict[str, Any]], **more: Any) -> History:
    return History(SOME).extended(
        typed(*declared) if declared else None, trade_statistics=published(*figures), **more
    )


def test_a_figure_and_its_month_enter_on_the_day_after_it_was_published() -> None:
    past = history([arrived("2023-03-05", 6000.0), arrived("2023-04-01", 500.0)], [{}])
    before, after = told(past, "2023-05-20"), told(past, "2023-05-21")
    assert (before["sent_kg_of_goods"], before["arrived_kg_of_goods"]) == (0, 0)
    assert (after["sent_kg_of_goods"], after["arrived_kg_of_goods"]) == (10_000, 6_000)


def test_the_window_of_a_year_reaches_back_from_the_day() -> None:
    past = history([arrived("2023-03-05", 6000.0)], [{}])
    inside, outside = told(past, "2024-05-19"), told(past, "2024-05-20")
    assert (inside["sent_kg_of_goods"], inside["arrived_kg_of_goods"]) == (10_000, 6_000)
    assert (outside["sent_kg_of_goods"], outside["arrived_kg_of_goods"]) == (0, 0)


def test_without_a_day_of_publication_the_usual_lag_counts() -> None:
    past = history([arrived("2023-03-05", 6000.0)], [{"published_on": None}])
    # 75 days after 31 March is 14 June; it counts from the day after.
    assert told(past, "2023-06-14")["sent_kg_of_goods"] == 0
    assert told(past, "2023-06-15")["sent_kg_of_goods"] == 10_000


def test_only_months_that_a_partner_published_are_compared() -> None:
    records = [arrived(f"2023-{month:02}-10", 1000.0) for month in (2, 3, 4)]
    german = [arrived("2023-03-11", 70.0, country_of_dispatch="DE")]
    other_goods = [arrived("2023-03-12", 30.0, hs_code="8450200000")]
    past = history([*records, *german, *other_goods], [{}])
    found = told(past, "2023-06-01")
    assert found["arrived_kg_of_goods"] == 1000, "February and April are not published"
    assert found["arrived_kg_of_all_partners"] == 1000, "Germany published nothing"
    assert found["arrived_kg_of_heading"] == 1030, "the month is open for all goods"
    assert np.isnan(told(past, "2023-06-01", country_of_dispatch=None)["arrived_kg_of_goods"])


def test_a_late_month_waits_with_all_that_arrived_in_it() -> None:
    late = {"month": "2023-01", "published_on": "2023-08-01", "net_mass_kg": 500.0}
    past = history([arrived("2023-01-10", 400.0), arrived("2023-03-10", 900.0)], [{}, late])
    early, whole = told(past, "2023-08-01"), told(past, "2023-08-02")
    assert (early["sent_kg_of_goods"], early["arrived_kg_of_goods"]) == (10_000, 900)
    assert (whole["sent_kg_of_goods"], whole["arrived_kg_of_goods"]) == (10_500, 1_300)


@pytest.mark.parametrize(
    "record",
    [
        {"direction": "onward"},
        {"direction": "transit"},
        {"country_of_destination": "KG"},
        {"country_of_destination": None},
        {"country_of_dispatch": None},
        {"net_mass_kg": None},
        {"net_mass_kg": 0.0},
    ],
)
def test_what_did_not_come_here_or_weighs_nothing_did_not_arrive(record: dict[str, Any]) -> None:
    past = history([arrived("2023-03-05", 10.0) | record], [{}])
    found = told(past, "2023-06-01")
    assert (found["sent_kg_of_goods"], found["arrived_kg_of_goods"]) == (10_000, 0)


def test_records_without_a_country_of_dispatch_at_all_arrive_nowhere() -> None:
    frame = typed(arrived("2023-03-05", 10.0)).drop(columns="country_of_dispatch")
    past = History(SOME).extended(frame, trade_statistics=published({}))
    assert told(past, "2023-06-01")["arrived_kg_of_all_partners"] == 0


def test_figures_without_mass_open_no_month_but_have_a_value() -> None:
    past = history([arrived("2023-03-05", 10.0)], [{"net_mass_kg": None}])
    found = told(past, "2023-06-01")
    assert (found["reports_of_goods"], found["arrived_kg_of_goods"]) == (0, 0)
    assert found["goods_sent_usd_in_a_year"] == 35_000
    neither = published({}).drop(columns=["net_mass_kg", "value_usd", "published_on"])
    bare = History(SOME).extended(trade_statistics=neither)
    assert told(bare, "2023-07-01")["sent_kg_of_goods"] == 0
    assert told(bare, "2023-07-01")["months_published_in_two_years"] == 1


def test_codes_of_hs_2017_and_longer_ones_meet_those_of_today() -> None:
    figures = [{"hs_code": "852580"}, {"hs_code": "85258900"}]
    past = history([arrived("2023-03-05", 5.0, hs_code="8525890000")], figures)
    found = told(past, "2023-06-01", hs_code="8525890000")
    assert (found["sent_kg_of_goods"], found["arrived_kg_of_goods"]) == (20_000, 5)


def test_the_first_publication_of_a_figure_counts_in_any_order() -> None:
    revised = {"net_mass_kg": 99.0, "published_on": "2023-06-20"}
    for figures in ([{}, revised], [revised, {}]):
        past = History(SOME)
        for figure in figures:
            past = past.extended(trade_statistics=published(figure))
        assert told(past, "2023-07-01")["sent_kg_of_goods"] == 10_000


def test_imports_that_the_country_publishes_stand_for_its_records_from_then_on() -> None:
    own = {"reporter": "KZ", "partner": "TR", "flow": "import"}
    figures = [
        {},
        {"month": "2023-04", "published_on": "2023-06-20", "net_mass_kg": 2000.0},
        {**own, "month": "2023-04", "published_on": "2023-07-10", "net_mass_kg": 1500.0},
    ]
    past = history([arrived("2023-03-05", 60.0), arrived("2023-04-05", 40.0)], figures)
    before = told(past, "2023-07-01")
    # Strictly as of the day, that imports will be published in July is not known in June.
    assert (before["sent_kg_of_goods"], before["arrived_kg_of_goods"]) == (12_000, 100)
    both = [{**figures[2], "month": "2023-02", "published_on": "2023-04-01"}, *figures]
    past = history([arrived("2023-03-05", 60.0), arrived("2023-04-05", 40.0)], both)
    waiting, known = told(past, "2023-07-10"), told(past, "2023-07-11")
    assert (waiting["sent_kg_of_goods"], waiting["arrived_kg_of_goods"]) == (0, 0)
    assert (known["sent_kg_of_goods"], known["arrived_kg_of_goods"]) == (2_000, 1_500)


def some_parts() -> list[dict[str, pd.DataFrame]]:
    """Records and figures of some months, in four parts."""
    months = pd.period_range("2022-11", "2023-08", freq="M")
    figures = [
        {"month": str(month), "published_on": None, "hs_code": code, "net_mass_kg": 100.3 + at}
        for at, month in enumerate(months)
        for code in ("845011", "845020", "854231")
    ]
    records = [arrived(f"{month}-1{at % 9}", 7.7 + at) for at, month in enumerate(months)]
    return [
        {"declared": typed(*records[:4])},
        {"declared": typed(*records[4:])},
        {"trade_statistics": published(*figures[:11])},
        {"trade_statistics": published(*figures[11:])},
    ]


def test_any_order_of_parts_is_the_same_history_to_the_byte(tmp_path: Path) -> None:
    parts, found, files = some_parts(), [], []
    for at, order in enumerate([*permutations(range(len(parts)))][::4]):
        past = History(SOME)
        for place in order:
            past = past.extended(**parts[place])
            told(past, "2023-12-01")  # what was asked in between changes nothing later
        found.append([told(past, day) for day in ("2023-06-01", "2023-09-01", "2023-12-01")])
        save_history(past, tmp_path / str(at))
        files.append({p.name: p.read_bytes() for p in (tmp_path / str(at)).iterdir()})
    assert found[0][-1]["sent_kg_of_goods"] > found[0][0]["sent_kg_of_goods"] > 0
    assert found[0][-1]["arrived_kg_of_goods"] > found[0][0]["arrived_kg_of_goods"] > 0
    assert all(other == found[0] for other in found)
    assert all(other == files[0] for other in files)


def test_a_saved_history_says_the_same_and_can_be_added_to(tmp_path: Path) -> None:
    *parts, last = some_parts()
    past = History(SOME)
    for part in parts:
        past = past.extended(**part)
    save_history(past, tmp_path)
    loaded = load_history(tmp_path, SOME)
    assert told(loaded, "2023-12-01") == told(past, "2023-12-01")
    assert told(loaded.extended(**last), "2023-12-01") == told(past.extended(**last), "2023-12-01")
    assert told(past.compacted(), "2023-12-01") == told(past, "2023-12-01")


def test_declarations_of_a_month_not_yet_published_change_nothing() -> None:
    past = history([arrived("2023-03-05", 60.0)], [{}])
    asked = told(past, "2023-06-01")
    later = past.extended(typed(arrived("2023-05-05", 40.0)))
    assert told(later, "2023-06-01") == asked
    april = later.extended(trade_statistics=published({"month": "2023-05", "published_on": None}))
    assert told(april, "2023-09-01")["arrived_kg_of_goods"] == 100
