"""One valid record of each table, edited per test."""

from typing import Any

import pandas as pd


def declaration(**edits: Any) -> dict[str, Any]:
    """A washing machine on its way into Kazakhstan, changed by the edits."""
    return {
        "declaration_id": "55302/010323/0000001",
        "item_number": 1,
        "declared_on": "2023-03-01",
        "direction": "import",
        "procedure": "40",
        "customs_office": "55302",
        "border_office": "55301",
        "declarant_id": "B-17",
        "trader_id": "150340001234",
        "partner_id": "TR-ARC",
        "partner_country": "TR",
        "hs_code": "8450111100",
        "previous_hs_code": "845011",
        "description": "Washing machines, fully automatic, 6 kg",
        "country_of_origin": "TR",
        "country_of_dispatch": "TR",
        "country_of_destination": "KZ",
        "trading_country": "TR",
        "transit_countries": "GE AZ",
        "mode_of_transport": "3",
        "net_mass_kg": 6200.5,
        "gross_mass_kg": 6500.0,
        "packages": 100.0,
        "supplementary_quantity": 100.0,
        "supplementary_unit": "pcs",
        "customs_value_usd": 21000.0,
        "incoterms": "DAP",
        "currency": "USD",
        "amendments": 0.0,
    } | edits


def declarations(n: int, **edits: Any) -> pd.DataFrame:
    """That many declarations with one item each and numbers of their own; edits go to all."""
    rows = [declaration(declaration_id=f"D{number:07}") | edits for number in range(n)]
    return pd.DataFrame(rows)


def trader(**edits: Any) -> dict[str, Any]:
    """An old distributor of appliances with owners from two countries."""
    return {
        "trader_id": "150340001234",
        "registered_on": "2015-03-10",
        "legal_form": "TOO",
        "activity_code": "46431",
        "address_id": "A-9",
        "owner_nationalities": "KZ:0.6 TR:0.4",
        "director_id": "P-4",
        "trader_name": "ТОО «Астана Аппарат»",
        "known_from": "2015-03-12",
    } | edits


def inspection(**edits: Any) -> dict[str, Any]:
    """An inspection of that declaration that found nothing."""
    return {
        "declaration_id": "55302/010323/0000001",
        "item_number": 1,
        "known_on": "2023-03-20",
        "violation": False,
        "kind": "none",
        "selected_by": "random",
        "selection_probability": 0.02,
    } | edits


def figure(**edits: Any) -> dict[str, Any]:
    """Washing machines that Türkiye reports as sent to Kazakhstan in a month."""
    return {
        "reporter": "TR",
        "partner": "KZ",
        "flow": "export",
        "month": "2023-03",
        "hs_code": "845011",
        "net_mass_kg": 10_000.0,
        "value_usd": 35_000.0,
        "published_on": "2023-05-20",
    } | edits
