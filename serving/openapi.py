"""The scoring request and answer as OpenAPI describes them, made from the schema."""

from typing import Any

from shiprisk.features import DECLARATIONS, Column

_NUMBERS = ("quantity", "count", "position")
_DAYS = ("date", "past date")

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


def scores_operation() -> dict[str, Any]:
    """What OpenAPI says of POST /v1/scores: one declaration or a list of them."""
    one = {"$ref": "#/components/schemas/Declaration"}
    asked = {"oneOf": [one, {"type": "array", "items": one}]}
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": asked, "example": EXAMPLE}},
        }
    }


def declaration_schema() -> dict[str, Any]:
    """The JSON schema of a declaration."""
    return {
        "type": "object",
        "required": [column.name for column in DECLARATIONS.columns if column.required],
        "properties": {column.name: _property(column) for column in DECLARATIONS.every_column},
    }


def _property(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "number" if column.kind in _NUMBERS else "string",
        "description": f"{column.meaning}, {column.unit}".rstrip(", "),
    }
    if column.kind in _DAYS:
        told["format"] = "date"
    if column.choices:
        told["enum"] = list(column.choices)
    return told
