"""The service over real HTTP: right answers, partial success, and calm in the face of nonsense."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx
import pandas as pd
import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shiprisk.features import DECLARATIONS, SIGNALS, list_versions
from shiprisk.serving import SCHEMA, Safety, Scorer, UnsafeService
from shiprisk.serving.http import application
from tests.factory import declaration, declarations

KEY = "a key of more than sixteen characters"
MOST_BYTES, MOST_RECORDS = 300_000, 50


@contextmanager
def served(scorer: Scorer, safety: Safety) -> Iterator[str]:
    """The address of a service on a free port of this machine, for as long as it is wanted."""
    config = uvicorn.Config(
        application(scorer, safety), host="127.0.0.1", port=0, log_level="critical"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


@pytest.fixture(scope="module")
def open_to_all(scorer: Scorer) -> Iterator[httpx.Client]:
    """A client of a service without a key, with small limits."""
    safety = Safety(most_bytes=MOST_BYTES, most_records=MOST_RECORDS)
    with served(scorer, safety) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def guarded(scorer: Scorer) -> Iterator[httpx.Client]:
    """A client, which sends no key, of a service that wants one."""
    with (
        served(scorer, Safety(api_key=KEY)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def strict(text: str) -> Any:
    """JSON as other languages read it: without NaN and Infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def answer(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return strict(response.text)


def problem(response: httpx.Response, status: int) -> str:
    """What a refusal says, in the shape of RFC 9457."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = strict(response.text)
    assert told["status"] == status
    assert told["detail"]
    return told["detail"]


def scored(client: httpx.Client, records: Any) -> dict[str, Any]:
    return answer(client.post("/v1/scores", json=records))


def as_json(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return strict(json.dumps(frame.to_dict("records")))


# --- answers -------------------------------------------------------------------------------------


def test_one_record_is_scored(open_to_all: httpx.Client) -> None:
    told = scored(open_to_all, declaration())
    assert told["rejected"] == []
    (score,) = told["scores"]
    assert list(score) == SCHEMA.names
    assert score["declaration_id"] == declaration()["declaration_id"]
    assert 0 < score["risk"] < 1
    assert score["lane"] in {"red", "yellow", "green"}
    assert score["reasons"]


def test_the_answer_is_that_of_the_scorer(open_to_all: httpx.Client, scorer: Scorer) -> None:
    frame = declarations(20, declared_on="2025-07-01")
    frame["customs_value_usd"] *= 1 + frame.index
    frame.loc[3, "net_mass_kg"] = None
    records = frame.astype(object).where(frame.notna(), None).to_dict("records")
    expected = as_json(scorer.score(frame))
    assert len(expected) == 20
    assert scored(open_to_all, records)["scores"] == expected


def test_alone_and_in_a_batch_a_record_has_the_same_score(
    open_to_all: httpx.Client, scorer: Scorer
) -> None:
    records = declarations(5, declared_on="2025-07-01").to_dict("records")
    together = scored(open_to_all, records)["scores"]
    assert [scored(open_to_all, one)["scores"][0] for one in records] == together
    assert as_json(pd.DataFrame([scorer.score_one(one) for one in records])) == together


def test_good_records_are_scored_where_others_are_rejected(open_to_all: httpx.Client) -> None:
    records = declarations(4).to_dict("records")
    records[1] |= {"hs_code": "1234", "net_mass_kg": -1}
    records[3] |= {"direction": "sideways"}
    told = scored(open_to_all, records)
    assert [one["declaration_id"] for one in told["scores"]] == ["D0000000", "D0000002"]
    named = [(fault["row"], fault["column"]) for fault in told["rejected"]]
    assert named == [(1, "hs_code"), (1, "net_mass_kg"), (3, "direction")]
    assert all(set(fault) == {"row", "column", "value", "expected"} for fault in told["rejected"])
    assert all(fault["expected"] for fault in told["rejected"])


def test_records_that_are_all_broken_are_all_rejected(open_to_all: httpx.Client) -> None:
    told = scored(open_to_all, declarations(3, hs_code="12").to_dict("records"))
    assert told["scores"] == []
    assert [fault["row"] for fault in told["rejected"]] == [0, 1, 2]


def test_a_batch_without_a_required_column_is_refused(open_to_all: httpx.Client) -> None:
    record = {name: cell for name, cell in declaration().items() if name != "hs_code"}
    assert "hs_code" in problem(open_to_all.post("/v1/scores", json=record), 422)


def test_only_required_columns_are_enough(open_to_all: httpx.Client) -> None:
    needed = {column.name for column in DECLARATIONS.columns if column.required}
    record = {name: cell for name, cell in declaration().items() if name in needed}
    (score,) = scored(open_to_all, record)["scores"]
    assert "net_mass_kg" in score["missing"]


def test_the_model_and_its_signals_are_told(open_to_all: httpx.Client, scorer: Scorer) -> None:
    model = answer(open_to_all.get("/v1/model"))
    assert model["model_version"] == scorer.model.version
    assert model["declarations"] == scorer.model.about["declarations"]
    assert model["lists"] == list_versions()
    assert model["changed_lists"] == []
    told = answer(open_to_all.get("/v1/signals"))
    assert [one["name"] for one in told] == [signal.name for signal in SIGNALS]
    assert all(one["meaning"] and one["family"] for one in told)
    assert {one["name"] for one in told if one["sensitive"]} == {
        signal.name for signal in SIGNALS if signal.sensitive
    }


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"declaration_id=1",
        b"[]",
        b"null",
        b"12",
        b'"text"',
        b"[1, 2]",
        b"[[{}]]",
        b"{}",
        b"[{}]",
        b"[{}, {}]",
        b"\xff\xfe\x00",
        '{"declaration_id": "п"}'.encode("windows-1251"),
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"item_number": ' + b"9" * 10_000 + b"}",
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_body_without_records_is_refused(open_to_all: httpx.Client, body: bytes) -> None:
    problem(open_to_all.post("/v1/scores", content=body), 422)


def test_too_many_records_are_refused(open_to_all: httpx.Client) -> None:
    records = declarations(MOST_RECORDS + 1)[["declaration_id"]].to_dict("records")
    told = problem(open_to_all.post("/v1/scores", json=records), 422)
    assert str(MOST_RECORDS) in told
    assert len(scored(open_to_all, declarations(MOST_RECORDS).to_dict("records"))["scores"]) > 0


def test_too_large_a_body_is_refused(open_to_all: httpx.Client) -> None:
    whole = b" " * (MOST_BYTES + 1)
    problem(open_to_all.post("/v1/scores", content=whole), 413)
    fits = json.dumps(declaration()).encode().ljust(MOST_BYTES)
    answer(open_to_all.post("/v1/scores", content=fits))


def test_too_large_a_stream_is_refused_before_its_end(open_to_all: httpx.Client) -> None:
    url = open_to_all.base_url
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
    assert answer(open_to_all.get("/healthz")) == {"status": "ok"}


@pytest.mark.parametrize("path", ["/v1/model", "/v1/signals", "/docs", "/openapi.json", "/no"])
@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", KEY[:16], f"Bearer {KEY}x", f"Bearer {KEY[:-1]}", "Basic abc", "ключ"],
)
def test_without_the_key_nothing_is_told(
    guarded: httpx.Client, path: str, header: str | None
) -> None:
    given = {} if header is None else {"authorization": header.encode()}
    told = problem(guarded.get(path, headers=given), 401)
    assert KEY not in told


def test_without_the_key_nothing_is_scored(guarded: httpx.Client) -> None:
    problem(guarded.post("/v1/scores", json=declaration()), 401)


def test_with_the_key_records_are_scored(guarded: httpx.Client) -> None:
    headers = {"authorization": f"Bearer {KEY}"}
    told = answer(guarded.post("/v1/scores", json=declaration(), headers=headers))
    assert len(told["scores"]) == 1
    assert answer(guarded.get("/v1/model", headers=headers))["model_version"]


def test_health_needs_no_key(guarded: httpx.Client) -> None:
    assert answer(guarded.get("/healthz")) == {"status": "ok"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "scores.example", ""])
def test_a_service_open_to_strangers_needs_a_key(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHIPRISK_API_KEY", raising=False)
    with pytest.raises(UnsafeService, match="SHIPRISK_API_KEY"):
        Safety.from_environment(host)
    monkeypatch.setenv("SHIPRISK_API_KEY", "")
    with pytest.raises(UnsafeService, match="SHIPRISK_API_KEY"):
        Safety.from_environment(host)
    monkeypatch.setenv("SHIPRISK_API_KEY", KEY)
    assert Safety.from_environment(host).api_key == KEY


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_a_key_is_a_choice(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHIPRISK_API_KEY", raising=False)
    assert Safety.from_environment(host).api_key is None
    monkeypatch.setenv("SHIPRISK_API_KEY", KEY)
    assert Safety.from_environment(host).api_key == KEY


@pytest.mark.parametrize("key", ["x", "fifteen letters"])
def test_a_key_that_can_be_guessed_is_refused(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIPRISK_API_KEY", key)
    with pytest.raises(UnsafeService, match="16 characters"):
        Safety.from_environment("127.0.0.1")


# --- hostile records -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        '"description": "<script>alert(1)</script> {value} %s \\u0000 \\u202e"',
        '"trader_id": "{contribution:99999999}"',
        '"net_mass_kg": NaN',
        '"net_mass_kg": Infinity, "customs_value_usd": -Infinity',
        '"net_mass_kg": 1e400',
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
        '"owner_nationalities": {"KZ": 0.5, "RU": 1e400}',
        '"owner_nationalities": "KZ:1e-999999999"',
        '"": 1, " ": 2, "no such column": {}',
    ],
)  # fmt: skip
def test_hostile_cells_are_scored_or_rejected(open_to_all: httpx.Client, cells: str) -> None:
    good = json.dumps(declaration(declaration_id="good"))
    bad = json.dumps(declaration()).rstrip("}") + f", {cells}}}"
    response = open_to_all.post("/v1/scores", content=f"[{good}, {bad}]".encode())
    told = answer(response)
    assert told["scores"][0]["declaration_id"] == "good"
    assert len(told["scores"]) + len({fault["row"] for fault in told["rejected"]}) == 2


HALF = "\\ud800"  # in JSON, half of a character: no text that could be written as UTF-8


@pytest.mark.parametrize(
    "cells",
    [f'"description": "{HALF}"', f'"declaration_id": "{HALF}"', f'"{HALF}": 1'],
)
def test_half_a_character_is_refused_or_rejected(open_to_all: httpx.Client, cells: str) -> None:
    body = json.dumps(declaration()).rstrip("}") + f", {cells}}}"
    response = open_to_all.post("/v1/scores", content=body.encode())
    if response.status_code == 200:
        told = answer(response)
        assert len(told["scores"]) + len(told["rejected"]) == 1
    else:
        problem(response, 422)


def test_half_a_character_beside_a_missing_column_is_refused(open_to_all: httpx.Client) -> None:
    problem(open_to_all.post("/v1/scores", content=f'{{"{HALF}": 1}}'.encode()), 422)


any_text = st.text(max_size=20)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(DECLARATIONS.names), any_json, min_size=1, max_size=5))
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_a_record_holds_the_answer_is_in_order(
    open_to_all: httpx.Client, cells: dict[str, Any]
) -> None:
    body = json.dumps([declaration(declaration_id="good"), declaration() | cells])
    told = answer(open_to_all.post("/v1/scores", content=body.encode()))
    assert told["scores"][0]["declaration_id"] == "good"
    assert len(told["scores"]) + len({fault["row"] for fault in told["rejected"]}) == 2
