"""Answers over HTTP are on record before they are sent, in the same bytes."""

import json
import os
import signal
from pathlib import Path

import httpx
import pytest

from shiprisk.serving import Audit, Scorer, recomputed
from shiprisk.serving.http.example import EXAMPLE
from tests.serving.http.asking import answer, problem, served
from tests.serving.http.process import Asking, started


@pytest.fixture
def place(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'audit.db'}"


def several(count: int) -> list[dict]:
    return [EXAMPLE | {"declaration_id": f"R{at}"} for at in range(count)]


@pytest.mark.parametrize("count", [3, 40])
def test_what_was_answered_can_be_shown_and_worked_out_again(
    scorer: Scorer, place: str, count: int
) -> None:
    with Audit.open(place, durable=True) as audit, served(scorer, audit=audit) as running:
        alone = running.client.post("/v1/scores", json=EXAMPLE)
        wrong = {"declaration_id": "bad"}
        many = running.client.post("/v1/scores?reasons=2", json=[*several(count), wrong])
        assert len(answer(many)["scores"]) == count
        assert answer(many)["rejected"]
        for response in (alone, many):
            for score in answer(response)["scores"]:
                given = audit.given(score["score_id"])
                assert given.answer in response.content
                assert given.asked_by == "local"
                assert recomputed(given, scorer).answer is True
        assert [one["declaration_id"] for one in answer(many)["shipments"]] == [
            score["declaration_id"] for score in answer(many)["scores"]
        ]
        assert len({score["score_id"] for score in answer(many)["scores"]}) == count


def test_without_a_record_there_is_no_id(scorer: Scorer) -> None:
    with served(scorer) as running:
        (score,) = answer(running.client.post("/v1/scores", json=EXAMPLE))["scores"]
    assert "score_id" not in score


def test_an_answer_that_cannot_be_recorded_is_not_given(scorer: Scorer, place: str) -> None:
    audit = Audit.open(place, durable=True)
    with served(scorer, audit=audit) as running:
        audit.close()
        told = problem(running.client.post("/v1/scores", json=EXAMPLE), 503)
        assert "could not be recorded" in told["detail"]
        assert "shiprisk_audit_lost 1.0" in running.client.get("/metrics").text


def test_a_record_that_is_gone_is_no_readiness(scorer: Scorer, tmp_path: Path) -> None:
    with (
        Audit.open(f"sqlite:///{tmp_path / 'audit.db'}", durable=True) as audit,
        served(scorer, audit=audit) as running,
    ):
        assert answer(running.client.get("/readyz"))["status"] == "ready"
        for file in tmp_path.glob("audit.db*"):
            file.rename(tmp_path / f"gone-{file.name}")
        audit._engine.dispose()
        assert "audit" in problem(running.client.get("/readyz"), 503)["detail"]


def test_no_answer_is_lost_when_the_service_is_killed(bundle: Path, tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path / 'audit.db'}"
    with started(tmp_path, "--model", bundle, "--audit", place) as process:
        clients = [Asking(process.address, several(at + 1)) for at in range(3)]
        for client in clients:
            client.start()
        while sum(len(client.told) for client in clients) < 60:
            assert process.running.poll() is None
        os.kill(process.running.pid, signal.SIGKILL)
        for client in clients:
            client.stop()
    ids = [
        score["score_id"]
        for client in clients
        for response in client.told
        for score in json.loads(response.content)["scores"]
    ]
    assert len(ids) >= 60
    assert all(isinstance(error, httpx.HTTPError) for x in clients for error in x.failed)
    with Audit.reading(place) as audit:
        assert audit.recorded(ids) == set(ids)
