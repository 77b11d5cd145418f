"""The JSON schemas of what is asked and answered, from the tables of records and of scores."""

from typing import Any

import pyarrow as pa

from shiprisk.features import DECLARATIONS, FAMILIES, Column

from ..files import SCHEMA
from ..shipments import SHIPMENT_SCHEMA

_NUMBERS = ("quantity", "count", "position", "share")
_DAYS = ("date", "past date")

# A signal's value where nothing is known is null; all else is always there.
_MAY_BE_NULL = ("value",)

_TEXT, _NUMBER = {"type": "string"}, {"type": "number"}

# What a sentence names: other things in each, and null where they are not known.
_EVIDENCE = {
    "type": "object",
    "description": "what the sentence names, unformatted",
    "additionalProperties": {"type": ["string", "number", "null"]},
}


def _declaration() -> dict[str, Any]:
    return {
        "type": "object",
        "required": [column.name for column in DECLARATIONS.columns if column.required],
        "properties": {column.name: _property(column) for column in DECLARATIONS.every_column},
    }


def _property(column: Column) -> dict[str, Any]:
    kind = "number" if column.kind in _NUMBERS else "string"
    told: dict[str, Any] = {
        "type": kind if column.required else [kind, "null"],
        "description": f"{column.meaning}, {column.unit}".rstrip(", "),
    }
    if column.kind in _DAYS:
        told["format"] = "date"
    if column.choices:
        told["enum"] = [*column.choices] if column.required else [*column.choices, None]
    return told


def _of_type(kind: pa.DataType, name: str = "") -> dict[str, Any]:
    if name == "evidence":
        return _EVIDENCE
    if pa.types.is_list(kind):
        return {"type": "array", "items": _of_type(kind.value_type)}
    if pa.types.is_struct(kind):
        return _object({field.name: _of_type(field.type, field.name) for field in kind})
    plain = "string" if pa.types.is_string(kind) else "number"
    plain = "integer" if pa.types.is_integer(kind) else plain
    return {"type": [plain, "null"] if name in _MAY_BE_NULL else plain}


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties, **more}


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _maybe(told: dict[str, Any]) -> dict[str, Any]:
    return told | {"type": [told["type"], "null"]}


_CHANGE = _object(
    {"signal": _TEXT, "value": _maybe(_NUMBER), "to": _NUMBER, "told": _TEXT, "ask_for": _TEXT}
)
# What one declaration alone also gets.
_ADVICE = {
    "ask_for": {"type": "array", "items": _TEXT},
    "below": _maybe(
        _object({"line": _NUMBER, "risk": _NUMBER, "changes": {"type": "array", "items": _CHANGE}})
    ),
    "similar": {"type": "array", "items": {"type": "object"}},
}
_IN_USE = {"model_version": _TEXT, "origin": _TEXT, "history_through": _TEXT | {"format": "date"}}
_FAULT = {"column": _TEXT, "value": _TEXT, "expected": _TEXT}

_SCORE = _object({field.name: _of_type(field.type) for field in SCHEMA})

SCHEMAS: dict[str, Any] = {
    "Declaration": _declaration(),
    "Score": _SCORE | {"properties": _SCORE["properties"] | _ADVICE},
    "Rejected": _object({"row": {"type": "integer"}, **_FAULT}),
    "Shipment": _object({field.name: _of_type(field.type) for field in SHIPMENT_SCHEMA}),
    "Scores": _object(
        {
            "scores": _list_of("Score"),
            "shipments": _list_of("Shipment"),
            "rejected": _list_of("Rejected"),
        }
    ),
    "Problem": _object(
        {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "request_id": _TEXT,
        },
    ),
    "Model": _object(_IN_USE),
    "Signal": _object(
        {"name": _TEXT, "family": _TEXT | {"enum": list(FAMILIES)}, "meaning": _TEXT}
    ),
    "Signals": _list_of("Signal"),
    "Alive": _object({"status": _TEXT}),
    "Ready": _object({"status": _TEXT, **_IN_USE, "refused": {"type": ["string", "null"]}}),
}
SCHEMAS["Problem"]["properties"]["errors"] = {"type": "array", "items": _object(_FAULT)}
