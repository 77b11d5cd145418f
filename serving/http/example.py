"""The declaration that /openapi.json shows and that every scorer is tried with."""

from typing import Any

EXAMPLE: dict[str, Any] = {
    "declaration_id": "55301/300625/0047527",
    "item_number": 1,
    "declared_on": "2025-06-30",
    "direction": "import",
    "trader_id": "250440012345",
    "hs_code": "8504403009",
    "country_of_origin": "CN",
    "country_of_dispatch": "TR",
    "net_mass_kg": 153.0,
    "customs_value_usd": 4100.0,
}
