"""Refusals and faults, as problem details (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..sent import as_json

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that is not answered as it was meant, and why.

    errors: which fields were wrong and what was expected there. headers: to send with it.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors
        self.headers = dict(headers or {})

    def response(self, request_id: str) -> Response:
        """The answer that tells of it."""
        told: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "request_id": request_id,
        }
        if self.errors:
            told["errors"] = self.errors
        return Response(as_json(told), self.status, self.headers, media_type=MEDIA_TYPE)


async def told(request: Request, problem: Exception) -> Response:
    """The answer to a request that met a problem."""
    assert isinstance(problem, Problem)
    return problem.response(request.state.asked.request_id)


async def told_of_route(request: Request, refused: Exception) -> Response:
    """The answer where there is no such path, or no such method of it."""
    assert isinstance(refused, HTTPException)
    detail = {
        404: f"there is no {request.url.path} here; /openapi.json says what there is",
        405: f"{request.method} is no method of {request.url.path}",
    }.get(refused.status_code, refused.detail)
    problem = Problem(refused.status_code, detail, headers=refused.headers)
    return problem.response(request.state.asked.request_id)
