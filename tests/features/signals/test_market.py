"""What signals of the whole country's trade find."""

from typing import Any

import numpy as np
import pytest

from shiprisk.features.signals.market import growth
from tests.asked import past, value

DAY = "2024-03-01"
A_YEAR_AGO, LATELY, FIRST = "2023-01-15", "2024-01-15", "2021-07-01"

CHIPS, CHEESE, MACHINE = "8542310000", "0406901200", "8450111100"


def came(usd: float, day: str, **edits: Any) -> dict[str, Any]:
    return {"customs_value_usd": usd, "declared_on": day, "hs_code": CHIPS, **edits}


def asked(signal: str, *records: dict[str, Any], **edits: Any) -> float:
    begin = came(1, FIRST, hs_code=MACHINE)
    return value(signal, past(begin, *records), **{"declared_on": DAY, "hs_code": CHIPS, **edits})


def test_growth_from_nearly_nothing_is_large_and_finite_and_among_trifles_small() -> None:
    grown = growth(np.array([3.7e6, 500.0, 0.0, 1e6]), np.array([1.2e4, 5.0, 0.0, 1e6]))
    assert 4 < grown[0] < 8
    assert 0 < grown[1] < 0.1
    assert grown[2] == grown[3] == 0
    assert growth(np.array([1e4]), np.array([1e6]))[0] < -1


def test_goods_outgrow_others_when_only_they_grow() -> None:
    others = [came(1e6, day, hs_code=CHEESE) for day in (A_YEAR_AGO, LATELY)]
    boom = [came(1.2e4, A_YEAR_AGO), came(3.7e6, LATELY)]
    assert asked("goods_outgrow_others", *others, *boom) > 4
    assert asked("goods_outgrow_others", *others, *boom, hs_code=CHEESE) < -1
    everything = [came(1e6, A_YEAR_AGO, hs_code=CHEESE), came(1e8, LATELY, hs_code=CHEESE)]
    alike = asked("goods_outgrow_others", *everything, came(1e6, A_YEAR_AGO), came(1e8, LATELY))
    assert alike == pytest.approx(0, abs=0.1)


def test_the_same_season_is_compared() -> None:
    summer = came(5e6, "2023-07-15")
    winter = [came(1e6, A_YEAR_AGO), came(1e6, LATELY)]
    assert asked("goods_outgrow_others", *winter, summer) == pytest.approx(0, abs=0.1)


def test_a_year_that_is_not_on_record_is_not_compared_with() -> None:
    lately = came(1e6, LATELY)
    reaching = {"declared_on": "2022-12-02", "hs_code": MACHINE}  # 455 days before
    for signal in ("goods_outgrow_others", "onward_trade_grows"):
        asking = {"declared_on": DAY, "hs_code": CHIPS}
        assert not np.isnan(value(signal, past(reaching, lately), **asking))
        later = {**reaching, "declared_on": "2022-12-03"}
        assert np.isnan(value(signal, past(later, lately), **asking))


def test_what_is_sent_on_is_no_import_and_grows_by_itself() -> None:
    onward = {"direction": "onward", "country_of_dispatch": "KZ"}
    boom = [came(1.2e4, A_YEAR_AGO, **onward), came(3.7e6, LATELY, **onward)]
    assert asked("onward_trade_grows", *boom) > 4
    assert asked("goods_outgrow_others", *boom) == pytest.approx(0, abs=0.1)
    assert asked("onward_trade_grows", came(3.7e6, LATELY)) == 0


def test_imports_are_compared_with_the_years_before_export_controls() -> None:
    before, now = came(1e5, "2021-10-01"), came(5e6, LATELY)
    assert asked("imports_beyond_absorption", before, now) > 2
    assert asked("imports_beyond_absorption", before, came(1e5, LATELY)) < 0.1
    ordinary = asked("imports_beyond_absorption", came(5e6, "2021-10-01"), now)
    assert ordinary < 0 < asked("imports_beyond_absorption", now)


def test_trade_after_export_controls_does_not_raise_what_was_usual() -> None:
    before, now = came(1e5, "2022-02-23"), came(5e6, LATELY)
    since = came(5e6, "2022-02-24")
    told = asked("imports_beyond_absorption", before, now)
    assert asked("imports_beyond_absorption", before, now, since) == told
    assert asked("imports_beyond_absorption", {**before, "declared_on": "2022-02-24"}, now) > told


def test_what_was_usual_must_be_on_record_for_half_a_year() -> None:
    asking = {"declared_on": DAY, "hs_code": CHIPS}
    half = past(came(1e5, "2021-08-28"), came(5e6, LATELY))
    less = past(came(1e5, "2021-08-29"), came(5e6, LATELY))
    assert not np.isnan(value("imports_beyond_absorption", half, **asking))
    assert np.isnan(value("imports_beyond_absorption", less, **asking))
    early = {**asking, "declared_on": "2022-02-23"}
    assert np.isnan(value("imports_beyond_absorption", half, **early))


US, CN = {"country_of_origin": "US"}, {"country_of_origin": "CN"}


def test_goods_of_a_sanctioning_country_are_compared_with_others_from_there() -> None:
    others = [came(1e6, day, hs_code=CHEESE, **US) for day in (A_YEAR_AGO, LATELY)]
    boom = [came(1e5, A_YEAR_AGO, **US), came(3e6, LATELY, **US)]
    signal = "outgrows_others_of_sanctioning_origin"
    grown = asked(signal, *others, *boom, **US)
    assert grown > 2
    other_origin = [came(1e9, LATELY, hs_code=CHEESE, **CN), came(1e9, LATELY, **CN)]
    assert asked(signal, *others, *boom, *other_origin, **US) == grown
    assert np.isnan(asked(signal, *others, *boom, **CN))


def test_a_country_sanctions_from_the_day_on_which_it_joined() -> None:
    begin = came(1, "2020-01-01")
    asking = {"hs_code": CHIPS, "country_of_origin": "CH"}
    signal = "outgrows_others_of_sanctioning_origin"
    assert np.isnan(value(signal, past(begin), declared_on="2022-04-07", **asking))
    assert value(signal, past(begin), declared_on="2022-04-08", **asking) == 0


def kg(mass: float, day: str, trader: str) -> dict[str, Any]:
    return came(1e4, day, net_mass_kg=mass, trader_id=trader)


def test_a_firm_that_grows_large_at_once_is_seen() -> None:
    market = [kg(1000, "2023-06-01", "old"), kg(1000, LATELY, "old")]
    for signal in ("suddenly_large_importer", "firms_share_of_imports"):
        new = [asked(signal, *market, trader_id="new", net_mass_kg=m) for m in (1, 100, 10_000)]
        assert new == sorted(new)
        assert new[0] < new[1] < new[2]
    assert abs(asked("suddenly_large_importer", *market, trader_id="old", net_mass_kg=10)) < 0.1
    assert asked("suddenly_large_importer", *market, trader_id="new", net_mass_kg=5000) > 3


def test_the_first_importer_of_goods_holds_all_of_it() -> None:
    assert asked("firms_share_of_imports", net_mass_kg=5) == 1
    assert asked("suddenly_large_importer", net_mass_kg=5) > 3


@pytest.mark.parametrize("edits", [{"direction": "transit"}, {"net_mass_kg": None}])
def test_what_is_not_imported_has_no_share_of_imports(edits: dict[str, Any]) -> None:
    for signal in ("suddenly_large_importer", "firms_share_of_imports"):
        assert np.isnan(asked(signal, kg(1000, LATELY, "old"), **edits))


def test_goods_that_the_country_sends_on_differ_from_those_that_stay() -> None:
    imported = kg(50_000, LATELY, "one")
    onward = {**kg(40_000, "2024-02-01", "two"), "direction": "onward"}
    stays, leaves = (
        asked("heading_sent_on_share", *records) for records in ([imported], [imported, onward])
    )
    assert stays == 0 < 0.5 < leaves < 1
    chapter = asked("heading_sent_on_share", imported, onward, hs_code="8504401000")
    assert chapter == pytest.approx(0.8)
    assert np.isnan(asked("heading_sent_on_share", imported, onward, hs_code=CHEESE))
