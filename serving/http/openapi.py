"""What /openapi.json says of requests and answers, made from the tables of the code."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

import shiprisk

from ..ranking import MOST_REASONS
from ..shipments import shipments_of
from . import routes
from .bodies import REASONS_UP_TO
from .example import EXAMPLE
from .problems import MEDIA_TYPE as PROBLEM_TYPE
from .schemas import SCHEMAS

_OF_SCORES = (400, 408, 413, 422)
_OF_KEYED = (401, 403, 429, 503)
_ANSWERS = {
    routes.SCORES: "Scores",
    routes.MODEL: "Model",
    routes.SIGNALS: "Signals",
    routes.ALIVE: "Alive",
    routes.READY: "Ready",
}
_REASONS = {
    "name": "reasons",
    "in": "query",
    "description": "At most so many reasons that raise the risk; half as many that lower it.",
    "schema": {
        "type": "integer", "minimum": 1, "maximum": REASONS_UP_TO, "default": MOST_REASONS,
    },
}  # fmt: skip
_ADVICE = {
    "name": "advice",
    "in": "query",
    "description": "Whether the score of one declaration comes with ask_for, below and similar.",
    "schema": {"type": "boolean", "default": True},
}
_ABOUT = (
    "Risk of shipments, with exact reasons. A high risk is a reason to look, not a proof. Keys "
    "have roles; `x-roles` of a path says which of them may ask for it."
)


def operation(path: str) -> dict[str, Any]:
    """What FastAPI is told of the answers of a path."""
    answers: dict[int | str, dict[str, Any]] = {200: _well(path)}
    for status in _problems_of(path):
        answers[status] = {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM_TYPE: {"schema": _ref("Problem")}},
        }
    return {"responses": answers, "openapi_extra": _extra(path)}


def document(app: FastAPI, example: dict[str, Any]) -> dict[str, Any]:
    """The whole description; example: what the scorer in use answers to the example asked."""
    made = get_openapi(
        title="shiprisk", version=shiprisk.__version__, description=_ABOUT, routes=app.routes
    )
    parts = made.setdefault("components", {})
    parts.setdefault("schemas", {}).update(SCHEMAS)
    parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    answer = made["paths"][routes.SCORES]["post"]["responses"]["200"]
    answer["content"]["application/json"]["example"] = {
        "scores": [example],
        "shipments": shipments_of([example]),
        "rejected": [],
    }
    return made


def _problems_of(path: str) -> tuple[int, ...]:
    own = {routes.SCORES: _OF_SCORES, routes.READY: (503,)}.get(path, ())
    keyed: tuple[int, ...] = () if path in routes.OPEN else _OF_KEYED
    if path in routes.UNLIMITED:
        keyed = tuple(status for status in keyed if status in (401, 403))
    return tuple(sorted({*own, *keyed, 500}))


def _well(path: str) -> dict[str, Any]:
    if path == routes.METRICS:
        return {"description": "Counts", "content": {"text/plain": {"schema": {"type": "string"}}}}
    schema = _ref(_ANSWERS[path]) if path in _ANSWERS else {"type": "object"}
    return {"description": "Answer", "content": {"application/json": {"schema": schema}}}


def _extra(path: str) -> dict[str, Any]:
    roles = sorted(routes.roles_for(path))
    extra: dict[str, Any] = {"security": [{"key": []}] if roles else []}
    if roles:
        extra["x-roles"] = roles
    if path == routes.SCORES:
        one = _ref("Declaration")
        asked = {"oneOf": [one, {"type": "array", "items": one, "minItems": 1}]}
        content = {"application/json": {"schema": asked, "example": EXAMPLE}}
        extra["parameters"] = [_REASONS, _ADVICE]
        extra["requestBody"] = {"required": True, "content": content}
    return extra


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
