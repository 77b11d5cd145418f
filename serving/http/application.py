"""The service as a web application."""

from typing import NamedTuple

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..audit import Audit
from ..desk.store import Store
from ..desk.web import DeskSettings, desk_application
from . import routes
from .endpoints import Endpoints
from .gate import Gate
from .keys import Keys
from .limits import Limits, Load
from .metrics import Metrics
from .observed import Observed
from .openapi import document, operation
from .problems import Problem, told, told_of_route
from .recording import Recording
from .service import Service
from .text import JsonResponse


class Desk(NamedTuple):
    """The reviewers' desk: what it keeps, and how it is run."""

    store: Store
    settings: DeskSettings


def application(
    service: Service,
    keys: Keys,
    limits: Limits,
    metrics: Metrics,
    audit: Audit | None = None,
    desk: Desk | None = None,
) -> FastAPI:
    """The service: POST /v1/scores, GET /v1/model, /v1/signals, /healthz, /readyz, /metrics.

    audit: where answers are recorded before they are sent, if they are to be. desk: its pages
    stand under /desk.
    """
    # FastAPI's own pages load scripts from elsewhere, and its document knows no keys.
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(Problem, told)
    app.add_exception_handler(HTTPException, told_of_route)
    load = Load(limits)
    # The last that is added is the first that a request meets.
    app.add_middleware(Gate, keys=keys, load=load)
    app.add_middleware(Observed, service=service, metrics=metrics)
    metrics.waiting.set_function(lambda: load.waiting)
    metrics.describe(service.in_use)
    recording = None if audit is None else Recording(audit)
    if audit is not None:
        metrics.watch(audit)
    answers = Endpoints(service, limits, metrics, recording)

    async def described(request: Request) -> Response:
        """This description."""
        return JsonResponse(document(app, service.in_use.example))

    for path, answer in {
        routes.SCORES: answers.scores,
        routes.MODEL: answers.model,
        routes.SIGNALS: answers.signals,
        routes.ALIVE: answers.alive,
        routes.READY: answers.ready,
        routes.METRICS: answers.counts,
        routes.DESCRIBED: described,
    }.items():
        methods = ["POST" if path == routes.SCORES else "GET"]
        app.add_api_route(path, answer, methods=methods, **operation(path))
    if desk is not None:
        pages = desk_application(desk.store, desk.settings, lambda: service.in_use.scorer)
        app.mount(routes.DESK, pages)
    return app
