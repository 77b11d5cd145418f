"""The table of red flags: complete, with its sources, and each computed by a signal or said not."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import NODES, RED_FLAGS, SIGNALS, SOURCES, History, validated
from shiprisk.features.declare import Fact
from tests.factory import declaration

# What the project's table of red flags asks for, with who published it.
ASKED_FOR = {
    "founded after controls and dealing in listed goods": ("A004-1", "A004-2", "UK-new-firm"),
    "never traded these before, sudden spike": ("A004-3", "A004-4"),
    "line of business": ("A004-business-line", "UK-business-line"),
    "forwarder, mail centre or bank": ("A003-forwarder", "A004-forwarder"),
    "overpaying": ("A004-8", "UK-overpay"),
    "misdeclared": ("S-misdeclared",),
    "HS change": ("S-hs-change",),
    "route": ("A003-route", "EU-route"),
    "new partners": ("A003-new-partners",),
    "third-country payer": ("A003-third-country-payer",),
    "many small orders": ("A004-6", "UK-small-orders"),
    "last-minute changes": ("A003-late-changes",),
    "shared address or director": ("A003-shared-address", "A003-shared-director"),
    "owner nationality": ("S-owner",),
    "listed parties": ("A003-listed-parties",),
    "ghost trade": ("CEPR-ghost-trade", "S-ghost-trade"),
    "absorption": ("UK-absorption", "S-absorption"),
    "broker": ("S-broker",),
    "displacement": ("S-displacement",),
}


@pytest.mark.parametrize(("row", "flags"), ASKED_FOR.items())
def test_what_is_asked_for_is_in_the_table(row: str, flags: tuple[str, ...]) -> None:
    assert set(flags) <= set(RED_FLAGS), row


@pytest.mark.parametrize("flag", RED_FLAGS)
def test_a_flag_is_computed_or_says_why_not(flag: str) -> None:
    computed = any(flag in signal.flags for signal in SIGNALS)
    assert computed != bool(RED_FLAGS[flag].not_computed)


@pytest.mark.parametrize("flag", RED_FLAGS)
def test_a_flag_names_its_source_first_and_a_condition_that_exists(flag: str) -> None:
    source, _, rest = flag.partition("-")
    assert source == RED_FLAGS[flag].source
    assert source in SOURCES
    assert not rest.isdigit() or RED_FLAGS[flag].number == rest
    assert not RED_FLAGS[flag].stands or isinstance(NODES[RED_FLAGS[flag].stands], Fact)


def test_owner_nationality_is_in_no_official_list() -> None:
    for signal in SIGNALS:
        if signal.sensitive:
            assert not any(SOURCES[RED_FLAGS[flag].source].official for flag in signal.flags)


def frame(*edits: dict[str, object]) -> pd.DataFrame:
    return validated(pd.DataFrame([declaration(**edit) for edit in edits])).accepted


def fact(name: str, past: list[dict[str, object]], **asked: object) -> float:
    """A fact of one declaration after others."""
    history = History(NODES)
    if past:
        history = history.extended(frame(*past))
    return float(history.block(frame(asked))[name][0])


CHIPS = {"hs_code": "8542310000", "previous_hs_code": "854231", "declared_on": "2023-06-01"}


@pytest.mark.parametrize(
    ("bought_on", "stands"), [("2021-06-01", 0), ("2022-02-23", 0), ("2022-02-24", 1)]
)
def test_listed_goods_bought_before_controls_are_not_new(bought_on: str, stands: float) -> None:
    past = [{**CHIPS, "declared_on": bought_on}]
    assert fact("listed_goods_since_controls", past, **CHIPS) == stands


def test_goods_that_are_not_listed_raise_no_flag_of_listed_goods() -> None:
    assert fact("listed_goods_since_controls", []) == 0
    assert fact("listed_goods_since_controls", [], **CHIPS) == 1


@pytest.mark.parametrize(
    ("first", "new"), [("2023-02-28", 1), ("2022-12-01", 1), ("2022-11-01", 0)]
)
def test_a_partner_is_new_for_ninety_days(first: str, new: float) -> None:
    assert fact("partner_is_new", [{"declared_on": first}]) == new


def test_a_partner_never_seen_is_new_and_one_without_a_name_is_not_known() -> None:
    assert fact("partner_is_new", []) == 1
    assert np.isnan(fact("partner_is_new", [], partner_id=None))


def test_what_is_of_concern_by_our_judgement_is_no_word_of_the_eu() -> None:
    late = {"declared_on": "2023-11-01", "previous_hs_code": None}
    assert fact("concern_of_the_eu", [], hs_code="8413500000", **late) == 1  # pumps
    assert fact("concern_of_the_eu", [], hs_code="8523520000", **late) == 0  # chip cards
    assert fact("goods_of_concern", [], hs_code="8523520000", **late) == 1


def test_a_price_is_above_what_is_usual_among_enough_comparables() -> None:
    past = [
        {"declared_on": f"2023-02-{day:02d}", "declaration_id": f"d{day}", "net_mass_kg": 100.0,
         "gross_mass_kg": 110.0, "customs_value_usd": 1000.0 + day, "trader_id": "190140000011"}
        for day in range(1, 28)
    ]  # fmt: skip
    kilos = {"net_mass_kg": 100.0, "gross_mass_kg": 110.0}
    assert fact("paid_above_usual", past, customs_value_usd=5000.0, **kilos) == 1
    assert fact("paid_above_usual", past, customs_value_usd=500.0, **kilos) == 0
