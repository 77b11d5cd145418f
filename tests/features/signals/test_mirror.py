"""What signals of published exports find."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import NODES, SIGNALS, History
from shiprisk.serving import Wording
from tests.asked import published, typed, value

DAY = "2024-03-01"
CHIPS, CHEESE = "8542310000", "0406901200"
GROWTH = ("exports_here_grow", "exports_here_outgrow_unlisted")


def months(first: str, last: str, **edits: Any) -> list[dict[str, Any]]:
    """A figure for each month, published at the usual lag."""
    every = pd.period_range(first, last, freq="M")
    return [{"published_on": None, "month": str(month), **edits} for month in every]


def came(kg: float, first: str, last: str, **edits: Any) -> list[dict[str, Any]]:
    """An import in each month."""
    every = pd.period_range(first, last, freq="M")
    return [
        {"declaration_id": f"{month} {edits}", "declared_on": f"{month}-07", "net_mass_kg": kg}
        | edits
        for month in every
    ]


def past(declared: list[dict[str, Any]], *figures: dict[str, Any]) -> History:
    """A history of declarations and figures."""
    frame = typed(*declared) if declared else None
    return History(NODES).extended(frame, trade_statistics=published(*figures))


def asked(signal: str, history: History, **edits: Any) -> float:
    return value(signal, history, **{"declared_on": DAY, **edits})


YEAR = ("2023-01", "2023-12")


def test_the_less_of_what_was_sent_arrives_the_larger_is_the_gap() -> None:
    sent = months(*YEAR, net_mass_kg=1000.0)
    gaps = [asked("mirror_gap", past(came(kg, *YEAR), *sent)) for kg in (1e4, 1e3, 800, 300)]
    assert gaps == pytest.approx([0, 0, 0.2, 0.7])
    assert asked("mirror_gap", past([], *sent)) == 1


def test_nothing_sent_or_no_mass_is_no_gap_at_all() -> None:
    arrived = came(500, *YEAR)
    weightless = months(*YEAR, net_mass_kg=0.0, value_usd=0.0)
    assert np.isnan(asked("mirror_gap", past(arrived, *weightless)))
    assert np.isnan(asked("mirror_gap", past(arrived, *months(*YEAR, net_mass_kg=None))))
    assert np.isnan(asked("mirror_gap", past(arrived, *months(*YEAR)), hs_code=CHEESE))


def test_what_came_from_a_country_that_publishes_nothing_is_no_part_of_it() -> None:
    german = months(*YEAR, reporter="DE", net_mass_kg=1000.0)
    from_both = [*came(400, *YEAR), *came(700, *YEAR, country_of_dispatch="DE")]
    assert asked("mirror_gap", past(from_both, *german)) == pytest.approx(0.3)


def test_only_imports_have_a_gap() -> None:
    history = past([], *months(*YEAR))
    for direction in ("onward", "export", "transit"):
        assert np.isnan(asked("mirror_gap", history, direction=direction))


def test_where_little_was_reported_a_wider_group_is_asked() -> None:
    chips = {"hs_code": "854231", "net_mass_kg": 100.0}
    few = months("2023-01", "2023-05", **chips)
    heading = months(*YEAR, hs_code="854239", net_mass_kg=900.0)
    german = months(*YEAR, reporter="DE", **chips)
    arrived = came(40, "2023-01", "2023-05", hs_code=CHIPS)
    arrived += came(90, *YEAR, hs_code=CHIPS, country_of_dispatch="DE")
    groups = {
        "the subheading": (months("2023-01", "2023-06", **chips), 1 - 200 / 600),
        "its heading": ([*few, *heading], 1 - 200 / (500 + 9 * 900)),
        "the subheading, of all partners": (
            [*few, *german], 1 - (200 + 9 * 90) / (500 + 9 * 100),
        ),
    }  # fmt: skip
    for words, (figures, gap) in groups.items():
        block = past(arrived, *figures).block(
            typed({"declared_on": "2023-12-31", "hs_code": CHIPS})
        )
        assert block["compared_exports"][0] == words
        assert block["mirror_gap"][0] == pytest.approx(gap)


def test_the_sentence_names_the_amounts() -> None:
    history = past(came(400, *YEAR), *months(*YEAR, net_mass_kg=1000.0))
    signal = next(one for one in SIGNALS if one.name == "mirror_gap")
    said, _ = Wording(signal).one(history.block(typed({"declared_on": DAY})))
    assert "11,000 kg of 845011" in said
    assert "11 monthly figures" in said
    assert "4,400 kg" in said
    assert "60%" in said


def two_years(before: float, after: float, **edits: Any) -> list[dict[str, Any]]:
    """Figures worth so much a month in 2022, and then in 2023."""
    first = months("2022-01", "2022-12", value_usd=before, **edits)
    return [*first, *months(*YEAR, value_usd=after, **edits)]


LATER = "2024-03-20"  # all of 2023 is published, and it is the year


def test_growth_is_seen_whatever_the_records_hold() -> None:
    boom, flat = two_years(1e3, 3e5, hs_code="854231"), two_years(1e6, 1e6, hs_code="040690")
    history = past([], *boom, *flat)
    asking = {"declared_on": LATER, "hs_code": CHIPS}
    assert asked("exports_here_grow", history, **asking) > 4
    assert asked("exports_here_outgrow_unlisted", history, **asking) > 4
    cheese = asked("exports_here_grow", history, declared_on=LATER, hs_code=CHEESE)
    assert cheese == pytest.approx(0, abs=0.1)


def test_growth_that_all_goods_share_is_no_excess() -> None:
    codes = ("040690", "870323", "854231")
    figures = [one for code in codes for one in two_years(1e6, 5e6, hs_code=code)]
    asking = {"declared_on": LATER, "hs_code": CHIPS}
    assert asked("exports_here_grow", past([], *figures), **asking) > 1.4
    excess = asked("exports_here_outgrow_unlisted", past([], *figures), **asking)
    assert excess == pytest.approx(0, abs=0.1)


def test_listed_goods_are_compared_with_goods_not_listed_only() -> None:
    figures = [*two_years(1e6, 2e6, hs_code="854231"), *two_years(1e6, 1e6, hs_code="040690")]
    other_listed = two_years(1e6, 9e7, hs_code="854232")
    asking = {"declared_on": LATER, "hs_code": CHIPS}
    alone = asked("exports_here_outgrow_unlisted", past([], *figures), **asking)
    beside = asked("exports_here_outgrow_unlisted", past([], *figures, *other_listed), **asking)
    assert alone == beside == pytest.approx(np.log(2), abs=0.02)


def test_a_list_is_respected_from_its_day() -> None:
    """845710 came on the list on 23 February 2024; before that it is one of the others."""
    figures = [*two_years(1e6, 2e6, hs_code="854231"), *two_years(1e6, 1e6, hs_code="040690")]
    tools = two_years(1e6, 9e7, hs_code="845710")
    history, without = past([], *figures, *tools), past([], *figures)
    signal = "exports_here_outgrow_unlisted"
    for day, same in (("2024-02-22", False), ("2024-02-23", True)):
        asking = {"declared_on": day, "hs_code": CHIPS}
        both = asked(signal, history, **asking), asked(signal, without, **asking)
        assert (both[0] == both[1]) == same


def test_growth_is_not_told_before_two_years_are_published() -> None:
    figures = months("2022-01", "2023-11", value_usd=1e6)
    for signal in GROWTH:
        assert np.isnan(asked(signal, past([], *figures[1:]), declared_on="2024-02-20"))
        assert not np.isnan(asked(signal, past([], *figures), declared_on="2024-02-20"))


def test_without_the_table_nothing_is_known_and_it_is_said() -> None:
    block = History(NODES).extended(typed(*came(400, *YEAR))).block(typed({"declared_on": DAY}))
    for signal in SIGNALS:
        if signal.name in ("mirror_gap", *GROWTH):
            assert np.isnan(block[signal.name][0])
            said, _ = Wording(signal).one(block)
            assert said.startswith("No ")
