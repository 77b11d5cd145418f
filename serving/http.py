"""Scores over HTTP: a thin shell around the scorer."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pandas as pd
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from shiprisk.features import SIGNALS, SchemaError, validated

from .openapi import declaration_schema, scores_operation
from .safety import Safety
from .scorer import Scorer


def application(scorer: Scorer, safety: Safety) -> FastAPI:
    """The service: POST /v1/scores, GET /v1/model, /v1/signals and /healthz."""
    # FastAPI's pages for people load scripts from elsewhere; /openapi.json says the same.
    app = FastAPI(
        title="shiprisk",
        description="Risk of shipments, with exact reasons.",
        docs_url=None,
        redoc_url=None,
    )
    plain = app.openapi

    def described() -> dict[str, Any]:
        document = plain()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.setdefault("Declaration", declaration_schema())
        return document

    app.openapi = described  # type: ignore[method-assign]

    @app.middleware("http")
    async def guarded(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        if request.url.path != "/healthz" and not _may_ask(request, safety):
            return _problem(401, "give the key as `Authorization: Bearer …`")
        return await call_next(request)

    @app.get("/healthz")
    def healthy() -> dict[str, str]:
        """Whether the service runs."""
        return {"status": "ok"}

    @app.get("/v1/model")
    def model() -> dict[str, Any]:
        """The model in use, what it was trained on, and which lists have changed since."""
        about = {"model_version": scorer.model.version, **scorer.model.about}
        return {**about, "changed_lists": scorer.changed_lists}

    @app.get("/v1/signals")
    def signals() -> list[dict[str, Any]]:
        """Every signal with its published meaning."""
        names = ("name", "family", "meaning", "risk", "flags", "sensitive")
        return [{name: getattr(signal, name) for name in names} for signal in SIGNALS]

    @app.post("/v1/scores", openapi_extra=scores_operation())
    async def scores(request: Request) -> Response:
        """Scores of declarations: a JSON object or a list of them, columns as in docs/records.md.

        Answers {"scores": [...], "rejected": [{row, column, value, expected}, ...]}; `row` counts
        from 0. Good records are scored even where others are rejected.
        """
        body = await _bounded_body(request, safety.most_bytes)
        if body is None:
            return _problem(413, f"at most {safety.most_bytes:,} bytes at once")
        records, wrong = _records(body, safety.most_records)
        if wrong:
            return _problem(422, wrong)
        return await run_in_threadpool(_answer, scorer, records)

    return app


def _may_ask(request: Request, safety: Safety) -> bool:
    if safety.api_key is None:
        return True
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), safety.api_key.encode())


async def _bounded_body(request: Request, most: int) -> bytes | None:
    """The body, or None where it is larger than allowed: reading stops there."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


def _records(body: bytes, most: int) -> tuple[list[dict[str, Any]], str]:
    """The records of a body, or what is wrong with it."""
    try:
        asked = json.loads(body)
        json.dumps(asked, ensure_ascii=False).encode()  # text may hold half a character: \ud800
    except UnicodeEncodeError:
        return [], "a text holds half of a surrogate pair"
    except (ValueError, RecursionError):
        return [], "the body is not JSON"
    records = [asked] if isinstance(asked, dict) else asked
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        return [], "give one declaration as an object, or a list of them"
    if not 1 <= len(records) <= most:
        return [], f"give 1 to {most:,} declarations at once, not {len(records):,}"
    return records, ""


def _answer(scorer: Scorer, records: list[dict[str, Any]]) -> Response:
    try:
        checked = validated(pd.DataFrame(records))
    except SchemaError as error:
        return _problem(422, str(error))
    scores = scorer.score_validated(checked.accepted).to_dict("records")
    rejected = checked.rejected.to_dict("records")
    return JSONResponse({"scores": scores, "rejected": rejected})


def _problem(status: int, detail: str) -> JSONResponse:
    """Problem details (RFC 9457)."""
    return JSONResponse(
        {"status": status, "detail": detail}, status, media_type="application/problem+json"
    )
