"""JSON as other languages read it: no NaN, no infinity, no half characters, either way."""

from typing import Any

import orjson
from starlette.responses import Response

from ..sent import as_json


def from_json(text: bytes) -> Any:
    """What a JSON text holds; ValueError says where it is none."""
    return orjson.loads(text)


def as_written(text: bytes) -> orjson.Fragment:
    """JSON that goes into an answer as it is."""
    return orjson.Fragment(text)


class JsonResponse(Response):
    """An answer in JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of an answer."""
        return as_json(content)
