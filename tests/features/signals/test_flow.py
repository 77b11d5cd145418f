"""What signals of the firm's flow of goods find: what came in against what was sent on."""

from typing import Any

import numpy as np
import pytest

from tests.asked import past, value

DAY = "2024-03-01"


def came(kg: float, day: str, **edits: Any) -> dict[str, Any]:
    return {"direction": "import", "net_mass_kg": kg, "declared_on": day, **edits}


def went(kg: float, day: str, **edits: Any) -> dict[str, Any]:
    """A waybill to another country of the union for goods that came in."""
    return {
        "direction": "onward", "procedure": None, "net_mass_kg": kg, "declared_on": day,
        "country_of_dispatch": "KZ", "country_of_destination": "RU",
        "previous_hs_code": "8450111100", **edits,
    }  # fmt: skip


def asked(signal: str, *records: dict[str, Any], **edits: Any) -> float:
    return value(signal, past(*records), **{"declared_on": DAY, **edits})


def test_old_imports_that_never_left_are_stock() -> None:
    old = came(100, "2023-06-01")
    assert asked("stock_never_sent_on", old) == 1
    assert asked("stock_never_sent_on", old, went(40, "2023-07-01")) == pytest.approx(0.6)
    assert asked("stock_never_sent_on", old, went(100, "2024-02-01")) == 0
    assert asked("stock_never_sent_on", old, went(40, "2023-07-01", trader_id="another")) == 1


def test_goods_of_the_last_half_year_are_not_stock_yet() -> None:
    assert np.isnan(asked("stock_never_sent_on", came(100, "2024-01-01")))
    old, new = came(100, "2023-06-01"), came(900, "2024-01-01")
    assert asked("stock_never_sent_on", old, new, went(100, "2024-02-01")) == 0


def test_the_ledger_goes_by_the_code_under_which_the_goods_came_in() -> None:
    old = came(100, "2023-06-01", hs_code="8450111100")
    renamed = went(100, "2023-07-01", hs_code="7326909807")
    assert asked("stock_never_sent_on", old, renamed) == 0
    unnamed = {**renamed, "previous_hs_code": None}
    assert asked("stock_never_sent_on", old, unnamed) == 1


def test_an_onward_movement_is_measured_against_what_is_left_to_send() -> None:
    stock = came(100, "2024-01-01")
    sending = went(50, DAY)
    assert asked("drawn_from_ledger", stock, **sending) == 0.5
    assert asked("drawn_from_ledger", stock, went(50, "2024-02-01"), **sending) == 1
    assert asked("drawn_from_ledger", stock, went(90, "2024-02-01"), **sending) == pytest.approx(5)


def test_sending_on_what_never_came_in_draws_the_most() -> None:
    sending = went(50, DAY)
    nothing = asked("drawn_from_ledger", **sending)
    assert nothing == asked("drawn_from_ledger", came(50, "2024-01-01", trader_id="x"), **sending)
    assert nothing > asked("drawn_from_ledger", came(10, "2024-01-01"), **sending)


def test_only_foreign_goods_that_are_sent_on_draw_on_the_ledger() -> None:
    stock = came(100, "2024-01-01")
    assert np.isnan(asked("drawn_from_ledger", stock))
    assert np.isnan(asked("drawn_from_ledger", stock, **went(50, DAY, country_of_origin="KZ")))
    assert np.isnan(asked("drawn_from_ledger", stock, **went(50, DAY, country_of_origin=None)))
    assert np.isnan(asked("drawn_from_ledger", stock, **went(50, DAY, net_mass_kg=None)))


def test_days_since_the_import_are_those_of_the_last_one() -> None:
    imports = (came(10, "2024-01-01"), came(10, "2024-02-20"))
    assert asked("days_since_import", *imports, **went(5, DAY)) == 10
    assert np.isnan(asked("days_since_import", *imports))
    assert np.isnan(asked("days_since_import", came(10, DAY), **went(5, DAY)))


def test_an_import_is_measured_in_months_of_what_the_firm_usually_brings_in() -> None:
    year = [came(100, f"2023-{month:02}-15") for month in range(3, 13)]
    usual = asked("months_of_usual_imports", *year, net_mass_kg=100)
    assert 0.8 < usual < 1.3
    assert asked("months_of_usual_imports", *year, net_mass_kg=1000) == pytest.approx(10 * usual)


def test_a_firm_that_began_lately_is_measured_over_its_own_time() -> None:
    lately = came(100, "2023-12-22")  # 70 days before
    months = asked("months_of_usual_imports", lately, net_mass_kg=100)
    assert months == pytest.approx(70 / 30)
    yesterday = came(100, "2024-02-29")
    assert asked("months_of_usual_imports", yesterday, net_mass_kg=100) == pytest.approx(2)


@pytest.mark.parametrize(
    "edits", [{"direction": "onward"}, {"net_mass_kg": None}, {"hs_code": "0406901200"}]
)
def test_no_months_without_an_import_or_without_a_usual(edits: dict[str, Any]) -> None:
    assert np.isnan(asked("months_of_usual_imports", came(100, "2024-01-01"), **edits))


def test_sending_on_quickens_when_most_of_it_is_of_the_last_month() -> None:
    imports = came(100, "2023-10-01")
    early = asked("sends_on_faster", imports, went(60, "2023-11-01"))
    even = asked(
        "sends_on_faster", imports, *(went(10, f"2023-{month}-15") for month in (10, 11, 12)),
        *(went(10, day) for day in ("2024-01-15", "2024-02-15")),
    )  # fmt: skip
    late = asked("sends_on_faster", imports, went(60, "2024-02-15"))
    assert early < even < late
    assert asked("sends_on_faster", imports) == 0
    assert np.isnan(asked("sends_on_faster", came(100, "2023-06-01")))
