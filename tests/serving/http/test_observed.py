"""What is counted and told of requests, and what is never told."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from shiprisk.serving import Keys, Scorer
from shiprisk.serving.http.logs import log_to
from tests.factory import declaration, declarations
from tests.serving.http.asking import Served, answer, problem, scored, served

KEY = "a-key-of-enough-letters"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Where the service's lines go."""
    stream, loggers = io.StringIO(), [logging.getLogger(n) for n in ("shiprisk.service", "uvicorn")]
    before = [(one.handlers, one.propagate, one.level) for one in loggers]
    log_to(stream)
    yield stream
    for logger, (handlers, propagate, level) in zip(loggers, before, strict=True):
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


@pytest.fixture
def running(scorer: Scorer) -> Iterator[Served]:
    with served(scorer, keys=Keys.parsed(f"desk:score+metrics:{KEY}")) as one:
        one.client.headers["authorization"] = f"Bearer {KEY}"
        yield one


def lines(log: io.StringIO, event: str, number: int) -> list[dict[str, Any]]:
    """So many lines that tell of an event; they are written once the answer was sent."""
    found: list[dict[str, Any]] = []
    while len(found) < number:
        told = [json.loads(line) for line in log.getvalue().rpartition("\n")[0].splitlines()]
        found = [line for line in told if line["event"] == event]
    return found


def counted(client: httpx.Client) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_request_is_one_line_without_a_word_of_its_records(
    running: Served, log: io.StringIO
) -> None:
    scored(running.client, [declaration(), declaration(declaration_id="of my own")])
    running.client.post("/v1/scores", json=declaration(hs_code="of my own"))
    running.client.get("/of my own?of=my own", headers={"x-request-id": "mine-1"})
    first, second, third = lines(log, "request", 3)
    assert set(first) == {
        "time", "level", "event", "request_id", "client", "method", "route", "status", "ms",
        "records",
    }  # fmt: skip
    assert (first["client"], first["route"], first["status"]) == ("desk", "/v1/scores", 200)
    assert (first["records"], second["records"], second["status"]) == (2, 1, 422)
    assert (third["request_id"], third["route"], third["status"]) == ("mine-1", "other", 404)
    for word in ("of my own", KEY, declaration()["trader_id"], declaration()["declaration_id"]):
        assert word not in log.getvalue()


@pytest.mark.parametrize("given", ["a b", "x" * 65, '{"', "é"])
def test_an_id_that_cannot_stand_in_a_log_is_not_taken(running: Served, given: str) -> None:
    response = running.client.get("/healthz", headers={"x-request-id": given.encode()})
    assert response.headers["x-request-id"] != given
    assert len(response.headers["x-request-id"]) == 36


def test_requests_scores_and_rejections_are_counted(running: Served, scorer: Scorer) -> None:
    records = declarations(5).to_dict("records")
    records[2]["hs_code"] = "12"
    records[3]["hs_code"] = "12"
    told = scored(running.client, records)
    problem(running.client.post("/v1/scores", json=declaration(hs_code="12")), 422)
    running.client.get("/some-path")
    found = counted(running.client)
    assert found["shiprisk_requests_total", "/v1/scores", "200"] == 1
    assert found["shiprisk_requests_total", "/v1/scores", "422"] == 1
    assert found["shiprisk_requests_total", "other", "404"] == 1
    assert found["shiprisk_request_seconds_count", "/v1/scores"] == 2
    assert found["shiprisk_rejected_records_total",] == 3
    lanes = {name[1]: n for name, n in found.items() if name[0] == "shiprisk_scores_total"}
    given = [score["lane"] for score in told["scores"]]
    assert lanes == {lane: given.count(lane) for lane in set(given)}
    assert found["shiprisk_model_info", scorer.model.version, ""] == 1
    days = found["shiprisk_history_last_day_timestamp_seconds",] / 86_400
    assert days == scorer.history.through.astype("datetime64[D]").astype(int)
    assert not any("some-path" in part for name in found for part in name)


def test_a_fault_of_ours_is_told_to_the_log_and_not_to_the_caller(
    running: Served, log: io.StringIO
) -> None:
    whole = running.service.in_use
    running.service.in_use = None  # type: ignore[assignment]
    told = problem(running.client.post("/v1/scores", json=declaration()), 500)
    running.service.in_use = whole
    (fault,) = lines(log, "fault", 1)
    assert fault["request_id"] == told["request_id"]
    assert "Traceback" in fault["trace"]
    assert counted(running.client)["shiprisk_requests_total", "/v1/scores", "500"] == 1


def test_a_service_that_stops_says_so_first(running: Served) -> None:
    assert answer(running.client.get("/readyz"))["status"] == "ready"
    running.service.stopping = True
    response = running.client.get("/readyz")
    problem(response, 503)
    assert response.headers["connection"] == "close"
    assert answer(running.client.get("/healthz")) == {"status": "alive"}
    assert scored(running.client, declaration())["scores"]
