"""Who may ask: keys with roles, and no service that answers strangers."""

import hashlib
from collections.abc import Iterator

import httpx
import pytest

from shiprisk.serving import Keys, Scorer, UnsafeService
from tests.factory import declaration
from tests.serving.http.asking import answer, problem, scored, served

SCORING, READING, WATCHING = (f"{name} key of enough letters".replace(" ", "-") for name in "abc")
OLDER = "an-older-key-of-the-desk"
DIGEST = hashlib.sha256(OLDER.encode()).hexdigest()
KEYS = (
    f"desk:score:{SCORING} desk:score:sha256={DIGEST}\nclerk:read:{READING}\tops:metrics:{WATCHING}"
)
PATHS = ["/v1/model", "/v1/signals", "/openapi.json", "/metrics", "/docs", "/no"]


@pytest.fixture(scope="module")
def guarded(scorer: Scorer) -> Iterator[httpx.Client]:
    """A client, which sends no key of itself, of a service that wants one."""
    with served(scorer, keys=Keys.parsed(KEYS)) as running:
        yield running.client


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "header",
    [
        None, "", "Bearer", SCORING, SCORING[:16], f"Bearer {SCORING}x", f"Bearer {SCORING[:-1]}",
        f"Bearer sha256={DIGEST}", f"Bearer {DIGEST}", f"Basic {SCORING}", "ключ",
    ],
)  # fmt: skip
def test_without_a_key_nothing_is_told(
    guarded: httpx.Client, path: str, header: str | None
) -> None:
    given = {} if header is None else {"authorization": header.encode()}
    response = guarded.get(path, headers=given)
    problem(response, 401)
    assert response.headers["www-authenticate"] == "Bearer"
    assert SCORING not in response.text


def test_without_a_key_nothing_is_scored(guarded: httpx.Client) -> None:
    problem(guarded.post("/v1/scores", json=declaration()), 401)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_whether_it_lives_needs_no_key(guarded: httpx.Client, path: str) -> None:
    assert answer(guarded.get(path))["status"] in {"alive", "ready"}


@pytest.mark.parametrize("key", [SCORING, OLDER, READING, WATCHING])
def test_a_role_opens_what_it_is_for(guarded: httpx.Client, key: str) -> None:
    may = {
        "/v1/scores": key in {SCORING, OLDER},
        "/v1/model": key != WATCHING,
        "/v1/signals": key != WATCHING,
        "/openapi.json": key != WATCHING,
        "/metrics": key == WATCHING,
    }
    for path, expected in may.items():
        method = "POST" if path == "/v1/scores" else "GET"
        body = declaration() if method == "POST" else None
        response = guarded.request(method, path, headers=bearer(key), json=body)
        if expected:
            assert response.status_code == 200
        else:
            told = problem(response, 403)
            assert "role" in told["detail"]


def test_the_word_bearer_may_be_written_in_any_case(guarded: httpx.Client) -> None:
    guarded.get("/v1/model", headers={"authorization": f"BEARER  {READING}"}).raise_for_status()


def test_a_service_without_keys_asks_for_none(client: httpx.Client) -> None:
    assert scored(client, declaration())["scores"]
    assert client.get("/metrics").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "scores.example", ""])
def test_a_service_open_to_strangers_needs_keys(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for nothing in (None, "", " \n"):
        monkeypatch.delenv("SHIPRISK_API_KEYS", raising=False)
        if nothing is not None:
            monkeypatch.setenv("SHIPRISK_API_KEYS", nothing)
        with pytest.raises(UnsafeService, match="SHIPRISK_API_KEYS"):
            Keys.from_environment(host)
    monkeypatch.setenv("SHIPRISK_API_KEYS", KEYS)
    holder = Keys.from_environment(host).holder(SCORING)
    assert holder is not None
    assert holder.name == "desk"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_keys_are_a_choice(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHIPRISK_API_KEYS", raising=False)
    assert Keys.from_environment(host).holder("") is not None
    monkeypatch.setenv("SHIPRISK_API_KEYS", KEYS)
    assert Keys.from_environment(host).holder("") is None


def test_the_variable_of_earlier_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIPRISK_API_KEY", "a key of more than sixteen characters")
    with pytest.raises(UnsafeService, match=r"no longer read.*SHIPRISK_API_KEYS"):
        Keys.from_environment("127.0.0.1")


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("desk", "form"),
        ("desk:score", "form"),
        ("desk:score:", "form"),
        (":score:a-key-of-enough-letters", "form"),
        ("de/sk:score:a-key-of-enough-letters", "form"),
        ("desk::a-key-of-enough-letters", "role"),
        ("desk:scores:a-key-of-enough-letters", "unknown role scores"),
        ("desk:score+all:a-key-of-enough-letters", "unknown role all"),
        ("desk:score:fifteen-letters", "fewer than 16"),
        ("desk:score:sha256=abc", "64 hexadecimal"),
    ],
)
def test_an_entry_that_makes_no_sense_is_named_without_its_key(entry: str, says: str) -> None:
    with pytest.raises(UnsafeService, match=says) as refused:
        Keys.parsed(f"good:read:another-key-of-letters {entry}")
    assert "entry 2 of SHIPRISK_API_KEYS" in str(refused.value)
    assert "letters" not in str(refused.value)
