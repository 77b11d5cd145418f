"""What the signals of prices and measures find beside the price per kg of comparables."""

from typing import Any

import numpy as np
import pytest

from tests.features.signals.test_meaning import past, typed, value

DAY, LATER = "2024-01-01", "2024-03-01"


def many(count: int, **edits: Any) -> list[dict[str, Any]]:
    """That many alike, except for a value that varies by a few percent."""
    return [
        {"declared_on": DAY, "customs_value_usd": 21000.0 * (1 + 0.01 * (at % 5)), **edits}
        for at in range(count)
    ]


def test_the_price_of_a_piece_is_told_either_way() -> None:
    history = past(*many(30))
    asked = {"declared_on": LATER}
    dear = value("unit_price_deviation", history, **asked, customs_value_usd=40000.0)
    usual = value("unit_price_deviation", history, **asked, customs_value_usd=21400.0)
    cheap = value("unit_price_deviation", history, **asked, customs_value_usd=9000.0)
    assert dear > 3 > usual > -3 > cheap


def test_pieces_are_not_compared_with_kilograms() -> None:
    history = past(*many(30))
    other = value("unit_price_deviation", history, declared_on=LATER, supplementary_unit="kg")
    assert np.isnan(other)
    assert np.isnan(
        value("unit_price_deviation", history, declared_on=LATER, supplementary_quantity=None)
    )


def test_prices_of_a_piece_back_off_to_the_heading() -> None:
    history = past(*many(30, hs_code="8450190000"))
    block = history.block(typed({"declaration_id": "asked", "declared_on": LATER}))
    assert block["unit_comparable_goods"][0] == "the same heading"
    assert not np.isnan(block["unit_price_deviation"][0])
    few = past(*many(19))
    assert np.isnan(value("unit_price_deviation", few, declared_on=LATER))


def test_a_package_is_held_against_those_of_its_heading() -> None:
    history = past(*many(30))
    asked = {"declared_on": LATER}
    assert value("package_mass_to_usual", history, **asked) == pytest.approx(1)
    tenfold = {**asked, "packages": 10.0}
    assert value("package_mass_to_usual", history, **tenfold) == pytest.approx(10)
    assert value("package_value_to_usual", history, **tenfold) > 5
    assert np.isnan(value("package_value_to_usual", history, **asked, packages=0.0))
    assert np.isnan(value("package_mass_to_usual", past(*many(5)), **asked))


def test_light_packing_of_heavy_goods_and_the_reverse_are_told() -> None:
    history = past(*many(30))
    asked = {"declared_on": LATER, "net_mass_kg": 1000.0}
    heavy = value("packing_to_usual", history, **asked, gross_mass_kg=1900.0)
    light = value("packing_to_usual", history, **asked, gross_mass_kg=1001.0)
    assert heavy > 1 > light
    assert np.isnan(value("packing_to_usual", history, **asked, gross_mass_kg=1000.0))


def test_the_firms_and_the_partners_own_past_are_told_apart() -> None:
    cheap = many(3, trader_id="asked", partner_id="other", net_mass_kg=2000.0)
    dear = many(3, trader_id="other", partner_id="asked", net_mass_kg=500.0)
    history = past(*cheap, *dear)
    asked = {"declared_on": LATER, "trader_id": "asked", "partner_id": "asked",
             "net_mass_kg": 1000.0}  # fmt: skip
    assert value("price_to_own_past", history, **asked) == pytest.approx(2, rel=0.05)
    assert value("price_to_partners_past", history, **asked) == pytest.approx(0.5, rel=0.05)
    assert np.isnan(value("price_to_own_past", history, **{**asked, "trader_id": "new"}))
    assert np.isnan(value("price_to_partners_past", history, **{**asked, "partner_id": None}))
    assert np.isnan(value("price_to_own_past", history, **{**asked, "declared_on": "2025-06-01"}))


@pytest.mark.parametrize(
    ("amount", "share"),
    [(21000.0, 5 / 7), (21034.56, 0), (0.1, 0.5), (100.0, 0.8), (0.0, np.nan), (None, np.nan)],
)
def test_zeros_at_the_end_of_a_value(amount: float | None, share: float) -> None:
    np.testing.assert_allclose(value("round_value_share", customs_value_usd=amount), share)


def test_a_round_mass_ends_in_more_zeros_than_a_weighed_one() -> None:
    masses = [1000.0, 1250.0, 1253.0, 1253.7, 1253.719]
    found = [value("round_mass_share", net_mass_kg=mass) for mass in masses]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)
