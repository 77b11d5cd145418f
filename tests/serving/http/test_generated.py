"""Generated requests, good and bad, to a real process: no 5xx, no hang, no trace in an answer.

By default some hundred, so that the tests stay quick. For 10,000:

    SHIPRISK_GENERATED_REQUESTS=10000 \\
        .venv/bin/python -m pytest tests/serving/http/test_generated.py
"""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shiprisk.features import DECLARATIONS
from tests.factory import declaration
from tests.serving.http.asking import answer, strict
from tests.serving.http.process import Process, started

GENERATED = int(os.environ.get("SHIPRISK_GENERATED_REQUESTS", "240"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TRACES = ("Traceback", 'File "', ".py", "Error:")


def generated(share: float) -> settings:
    """So many examples of all; not the same ones where many are asked for."""
    return settings(
        max_examples=max(5, round(GENERATED * share)),
        derandomize=GENERATED < 1_000,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def process(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    home = tmp_path_factory.mktemp("served")
    words = ("--model", bundle, "--records-per-second", 1e9, "--body-seconds", 2)
    with started(home, *words) as running:
        yield running
        assert running.running.poll() is None
        assert running.lines("fault") == []


@pytest.fixture(scope="module")
def asking(process: Process) -> Iterator[httpx.Client]:
    # A service that hangs would not answer within half a minute.
    with httpx.Client(base_url=process.address, timeout=30) as one:
        yield one


@pytest.fixture(scope="module")
def described(process: Process) -> Any:
    return schemathesis.openapi.from_url(f"{process.address}/openapi.json")


SHARES = {
    ("POST", "/v1/scores", GenerationMode.POSITIVE): 0.2,
    ("POST", "/v1/scores", GenerationMode.NEGATIVE): 0.2,
    ("GET", "/v1/model", GenerationMode.POSITIVE): 0.01,
    ("GET", "/v1/signals", GenerationMode.POSITIVE): 0.01,
    ("GET", "/healthz", GenerationMode.POSITIVE): 0.01,
    ("GET", "/readyz", GenerationMode.POSITIVE): 0.01,
}


@pytest.mark.parametrize(("method", "path", "mode"), list(SHARES))
def test_answers_are_as_described(
    described: Any, method: str, path: str, mode: GenerationMode
) -> None:
    @generated(SHARES[method, path, mode])
    @given(described[path][method].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        told = case.call(timeout=30)
        case.validate_response(told, checks=CHECKS)
        assert not any(trace in told.text for trace in TRACES) or told.status_code == 200

    ask()


# --- bodies that keep to no description ----------------------------------------------------------

text = st.text(st.characters(codec="utf-8"), max_size=30)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**40), 10**40)
    | st.floats()
    | text
    | st.dates().map(str)
    | st.sampled_from(["NaN", "8542310000", "٣", "\u202e", "1e999", "' OR 1=1 --", "{0.__class__}"])
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=8,
)
cells = st.dictionaries(st.sampled_from(DECLARATIONS.names) | text, values, max_size=6)
records = cells | cells.map(lambda odd: declaration() | odd)
asked = (records | st.lists(records | values, max_size=20) | values).map(json.dumps)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """JSON of which some bytes are others, or the end is missing."""
    body = bytearray(draw(asked).encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(body) - 1)))
        body[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(body[: draw(st.integers(0, len(body)))]) if draw(st.booleans()) else bytes(body)


nested = st.integers(1, 3_000).flatmap(lambda n: st.sampled_from([b"[" * n, b'{"a":' * n]))
bodies = asked.map(str.encode) | damaged() | st.binary(max_size=300) | nested
headers = st.fixed_dictionaries(
    {},
    optional={
        "content-type": st.sampled_from(["application/json", "text/xml", "a/b; charset=x", "\xff"]),
        "content-encoding": st.sampled_from(["gzip", "br", "none"]),
        "x-request-id": st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=80),
        "authorization": st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=80),
        "accept": st.sampled_from(["text/html", "*/*", "nonsense"]),
        "expect": st.just("100-continue"),
    },
)


def in_order(response: httpx.Response) -> None:
    """An answer that says well or why not, and nothing of how the service is made."""
    assert response.status_code in {200, 400, 404, 405, 413, 422}, response.text
    problem = response.status_code != 200
    kind = "application/problem+json" if problem else "application/json"
    assert response.headers["content-type"] == kind
    told = strict(response.text)
    if problem:
        assert told["status"] == response.status_code
        assert told["detail"]
        assert not any(trace in response.text for trace in TRACES)


@generated(0.4)
@given(body=bodies, given_headers=headers)
def test_whatever_the_body_holds_the_answer_is_in_order(
    asking: httpx.Client, body: bytes, given_headers: dict[str, str]
) -> None:
    latin = {name: value.encode("latin-1") for name, value in given_headers.items()}
    in_order(asking.post("/v1/scores", content=body, headers=latin))


@generated(0.05)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X"]),
    path=st.lists(st.sampled_from(["v1", "scores", "..", "%00", "%ff", "a;b", "{}"]), max_size=4),
    query=st.text("az09=&%?/;+'()~", max_size=20),
)
def test_whatever_is_asked_for_the_answer_is_in_order(
    asking: httpx.Client, method: str, path: list[str], query: bytes
) -> None:
    url = httpx.URL(f"/{'/'.join(path)}", query=query.encode())
    in_order(asking.request(method, url))


heads = st.sampled_from(
    [b"", b"POST /v1/scores HTTP/1.1\r\nHost: x\r\n", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"]
)


@generated(0.11)
@given(head=heads, rest=st.binary(max_size=200))
def test_whatever_comes_on_the_line_the_service_answers_others(
    process: Process, asking: httpx.Client, head: bytes, rest: bytes
) -> None:
    port = int(process.address.rpartition(":")[2])
    with closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as line:
        line.sendall(head + rest)
        line.shutdown(socket.SHUT_WR)
        try:
            told = b"".join(iter(lambda: line.recv(65_536), b""))
        except ConnectionResetError:
            told = b""
    assert not told or told.split(b" ")[1][:1] in {b"2", b"4"}, told
    assert b"Traceback" not in told
    assert answer(asking.get("/healthz")) == {"status": "alive"}
