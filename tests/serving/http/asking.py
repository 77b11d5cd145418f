"""A service on a free port of this machine, and what its answers must be like."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from shiprisk.serving import Audit, Keys, Limits, Scorer
from shiprisk.serving.http.application import Desk, application
from shiprisk.serving.http.example import EXAMPLE
from shiprisk.serving.http.metrics import Metrics
from shiprisk.serving.http.patience import patient
from shiprisk.serving.http.service import InUse, Service


@dataclass(frozen=True)
class Served:
    """A service that runs, and a client of it."""

    service: Service
    metrics: Metrics
    client: httpx.Client


@contextmanager
def served(
    scorer: Scorer,
    limits: Limits | None = None,
    keys: Keys | None = None,
    audit: Audit | None = None,
    desk: Desk | None = None,
) -> Iterator[Served]:
    """A service in a thread of this process, for as long as it is wanted."""
    limits = limits or Limits(records_per_second=1e6)
    service, metrics = Service(InUse(scorer, scorer.score_one(EXAMPLE))), Metrics()
    app = application(service, keys or Keys(), limits, metrics, audit, desk)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, http=patient(limits.head_seconds), log_level="critical"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        with httpx.Client(base_url=address, timeout=60) as client:
            yield Served(service, metrics, client)
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


def strict(text: str) -> Any:
    """JSON as other languages read it: without NaN and Infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def answer(response: httpx.Response) -> Any:
    """What a good answer holds."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return strict(response.text)


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """A refusal, in the shape of RFC 9457."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = strict(response.text)
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["request_id"] == response.headers["x-request-id"]
    assert "Traceback" not in response.text
    return told


def scored(client: httpx.Client, asked: Any) -> dict[str, Any]:
    """The answer to one record or a list of them."""
    return answer(client.post("/v1/scores", json=asked))
