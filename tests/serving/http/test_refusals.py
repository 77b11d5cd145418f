"""What is refused, and that the service stays calm in the face of nonsense."""

import http.client
import json
import socket
from contextlib import closing
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shiprisk.features import DECLARATIONS
from shiprisk.serving import Limits, Scorer
from tests.factory import declaration, declarations
from tests.serving.http.asking import answer, problem, scored, served, strict
from tests.serving.http.conftest import MOST_BYTES, MOST_RECORDS
from tests.serving.http.test_answers import without_advice


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"declaration_id=1",
        b"\xff\xfe\x00",
        '{"declaration_id": "п"}'.encode("windows-1251"),
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"item_number": ' + b"9" * 10_000 + b"}",
        b'{"net_mass_kg": NaN}',
        b'{"net_mass_kg": -Infinity}',
        b'{"net_mass_kg": 1e400}',
        b'{"description": "\\ud800"}',
        b'{"\\ud800": 1}',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_body_that_is_no_json_is_refused(client: httpx.Client, body: bytes) -> None:
    problem(client.post("/v1/scores", content=body), 400)


@pytest.mark.parametrize("body", [b"[]", b"null", b"12", b'"text"', b"[1, 2]", b"[[{}]]", b"{}"])
def test_a_body_without_records_is_refused(client: httpx.Client, body: bytes) -> None:
    problem(client.post("/v1/scores", content=body), 422)


def test_the_row_that_is_no_record_is_named(client: httpx.Client) -> None:
    told = problem(client.post("/v1/scores", json=[declaration(), {}, 3]), 422)
    assert "row 2" in told["detail"]


def test_too_many_records_are_refused(client: httpx.Client) -> None:
    records = declarations(MOST_RECORDS + 1)[["declaration_id"]].to_dict("records")
    told = problem(client.post("/v1/scores", json=records), 422)
    assert str(MOST_RECORDS) in told["detail"]
    assert len(scored(client, declarations(MOST_RECORDS).to_dict("records"))["scores"]) > 0


def test_too_large_a_body_is_refused(client: httpx.Client) -> None:
    problem(client.post("/v1/scores", content=b" " * (MOST_BYTES + 1)), 413)
    fits = json.dumps(declaration()).encode().ljust(MOST_BYTES)
    answer(client.post("/v1/scores", content=fits))


def test_too_large_a_stream_is_refused_before_its_end(client: httpx.Client) -> None:
    url = client.base_url
    with closing(http.client.HTTPConnection(url.host, url.port, timeout=20)) as connection:
        connection.putrequest("POST", "/v1/scores")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        chunk = b" " * 50_000
        for _ in range(MOST_BYTES // len(chunk) + 1):
            connection.send(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        # The last chunk was never sent, so a service that reads to the end does not answer.
        refused = connection.getresponse()
        assert refused.status == 413
        assert strict(refused.read().decode())["status"] == 413
    assert answer(client.get("/healthz")) == {"status": "alive"}


def test_who_is_slow_is_not_waited_for(scorer: Scorer) -> None:
    with served(scorer, Limits(body_seconds=0.3, head_seconds=0.3)) as running:
        url = running.client.base_url
        for begun, ends in (
            (b"POST /v1/scores HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{", b"408"),
            (b"POST /v1/scores HTTP/1.1\r\nHost: x\r\nX-Slow", b""),
            (b"", b""),
        ):
            with closing(socket.create_connection((url.host, url.port), timeout=20)) as line:
                line.sendall(begun)
                told = b"".join(iter(lambda: line.recv(65_536), b""))
                assert ends in told.split(b"\r\n")[0]
        assert answer(running.client.get("/healthz")) == {"status": "alive"}


def test_a_client_that_leaves_is_counted_and_harms_nobody(scorer: Scorer) -> None:
    with served(scorer) as running:
        url = running.client.base_url
        with closing(socket.create_connection((url.host, url.port), timeout=20)) as line:
            line.sendall(b"POST /v1/scores HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
        told = ""
        while 'status="499"' not in told:
            told = running.client.get("/metrics").text


def test_lines_without_end_are_refused(client: httpx.Client) -> None:
    url = client.base_url
    with closing(socket.create_connection((url.host, url.port), timeout=20)) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nX-Long: ")
        with pytest.raises(OSError, match=r"reset|Broken pipe"):
            while True:
                line.sendall(b"x" * 100_000)
    assert answer(client.get("/healthz")) == {"status": "alive"}


@pytest.mark.parametrize("path", ["/", "/no", "/docs", "/redoc", "/v1/scores/1", "/%00", "/../etc"])
def test_there_is_nothing_at_other_paths(client: httpx.Client, path: str) -> None:
    problem(client.get(path), 404)


def test_a_method_that_a_path_has_not_is_named(client: httpx.Client) -> None:
    for method, path, right in (("GET", "/v1/scores", "POST"), ("DELETE", "/v1/model", "GET")):
        response = client.request(method, path)
        problem(response, 405)
        assert right in response.headers["allow"]


# --- hostile records -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        '"description": "<script>alert(1)</script> {value} %s \\u0000 \\u202e"',
        '"trader_id": "{contribution:99999999}"',
        '"net_mass_kg": 1e-320, "customs_value_usd": 1e11',
        '"net_mass_kg": 0, "gross_mass_kg": 0, "customs_value_usd": 0, "packages": 0',
        '"customs_value_usd": 1e308',
        '"item_number": 1e300',
        '"item_number": 340282366920938463463374607431768211456',
        '"item_number": true',
        '"packages": {"a": [{"b": null}]}',
        '"hs_code": 8450111100',
        '"hs_code": ["8450111100"]',
        '"declared_on": 1677628800000',
        '"declared_on": "0001-01-01"',
        '"declared_on": "9999-12-31T23:59:59+99:99"',
        '"registered_on": "9999-12-31"',
        '"registered_on": "1700-01-01"',
        '"transit_countries": ["GE", ["AZ"]]',
        '"owner_nationalities": {"KZ": 0.5, "RU": 1e300}',
        '"owner_nationalities": "KZ:1e-999999999"',
        '"": 1, " ": 2, "no such column": {}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", [0, 20])
def test_hostile_cells_are_scored_or_rejected(client: httpx.Client, cells: str, more: int) -> None:
    good = [json.dumps(one) for one in declarations(1 + more).to_dict("records")]
    bad = json.dumps(declaration()).rstrip("}") + f", {cells}}}"
    body = f"[{', '.join([*good, bad])}]"
    told = answer(client.post("/v1/scores", content=body.encode()))
    assert told["scores"][0]["declaration_id"] == "D0000000"
    assert len(told["scores"]) + len({fault["row"] for fault in told["rejected"]}) == 2 + more


any_text = st.text(st.characters(codec="utf-8"), max_size=20)
any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(DECLARATIONS.names), any_json, min_size=1, max_size=5))
@settings(
    max_examples=15,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_a_record_holds_it_means_the_same_alone_and_among_others(
    client: httpx.Client, cells: dict[str, Any]
) -> None:
    odd = declaration() | cells
    others = declarations(16).to_dict("records")
    told = scored(client, [*others, odd])
    assert [one["declaration_id"] for one in told["scores"][:16]] == [
        one["declaration_id"] for one in others
    ]
    alone = client.post("/v1/scores", json=odd)
    if alone.status_code == 200:
        (score,) = answer(alone)["scores"]
        assert told["scores"][16:] == [without_advice(score)]
    else:
        faults = problem(alone, 422)["errors"]
        assert [fault | {"row": 16} for fault in faults] == told["rejected"]
