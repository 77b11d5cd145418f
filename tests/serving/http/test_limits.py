"""How fast a client may ask, and how many may wait."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx

from shiprisk.serving import Keys, Limits, Scorer
from shiprisk.serving.http.limits import Load
from tests.factory import declaration, declarations
from tests.serving.http.asking import answer, problem, scored, served

ONE, OTHER = "a-key-of-enough-letters", "another-key-of-letters"


def test_who_asks_too_fast_waits_and_nobody_else(scorer: Scorer) -> None:
    keys = Keys.parsed(f"one:score:{ONE} other:score:{OTHER}")
    with served(scorer, Limits(records_per_second=0.5), keys) as running:
        client = running.client
        client.headers["authorization"] = f"Bearer {ONE}"
        # Ten seconds' worth at once, and a debt for what is beyond.
        assert len(scored(client, declarations(20).to_dict("records"))["scores"]) == 20
        response = client.post("/v1/scores", json=declaration())
        told = problem(response, 429)
        assert "one" in told["detail"]
        assert 1 <= int(response.headers["retry-after"]) <= 33
        assert answer(client.get("/healthz"))
        client.headers["authorization"] = f"Bearer {OTHER}"
        assert scored(client, declaration())["scores"]


def test_tokens_come_back_with_time_and_never_more_than_allowed() -> None:
    load = Load(Limits(records_per_second=1e6))
    load.charge("one", 10**7)
    while load.wait("one"):
        pass
    load.charge("one", 1)
    assert load.wait("other") == 0


def test_beyond_so_many_requests_at_once_is_refused_with_a_time(scorer: Scorer) -> None:
    with served(scorer, Limits(most_waiting=2, records_per_second=1e6)) as running:
        many = declarations(200).to_dict("records")
        begin = threading.Barrier(8)

        def ask(_: int) -> httpx.Response:
            begin.wait()
            return running.client.post("/v1/scores", json=many)

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(8)))
        refused = [one for one in answers if one.status_code == 503]
        assert refused
        for one in refused:
            problem(one, 503)
            assert one.headers["retry-after"] == "1"
        assert len(refused) < 8
        for one in answers:
            assert one in refused or len(answer(one)["scores"]) == 200
        assert scored(running.client, declaration())["scores"]
