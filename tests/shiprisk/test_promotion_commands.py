"""compare, promote, rollback and registry, against a real tracking server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import mlflow
import pytest

from shiprisk.serving import Scorer
from shiprisk.training import Trained, track
from shiprisk.training.store import made_ready
from tests.shiprisk.running import FAILED, WELL, Ran

REFUSED = 4
CHAMPION = "models:/shiprisk@champion"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an `mlflow server` that runs while these tests do."""
    home = tmp_path_factory.mktemp("server")
    store = f"sqlite:///{home / 'mlflow.db'}"
    made_ready(store)
    port = _free_port()
    words = ["--backend-store-uri", store, "--artifacts-destination", str(home / "artifacts")]
    words += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mlflow", "server", *words],
            stdout=log, stderr=log, cwd=home, start_new_session=True,
            env={**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        while not _answers(address):
            assert process.poll() is None, (home / "log").read_text(encoding="utf-8")
            time.sleep(0.2)
        yield address
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@pytest.fixture(scope="module")
def two_models(server: str, two_trained: tuple[Trained, Trained]) -> Iterator[str]:
    """The server, with a champion and a challenger."""
    before = mlflow.get_tracking_uri()
    for trained in two_trained:
        track(trained, server, ["simulated"])
    mlflow.set_tracking_uri(before)
    yield server


def test_from_a_challenger_to_the_model_in_use_and_back(
    two_models: str,
    two_trained: tuple[Trained, Trained],
    world: Path,
    shiprisk: Callable[..., Ran],
) -> None:
    at = ("--tracking-uri", two_models)

    def in_use() -> str:
        return Scorer.load(CHAMPION, tracking_uri=two_models).model.version

    june, august = (trained.model.version for trained in two_trained)
    compared = shiprisk("compare", world, *at)
    refused = compared.code == REFUSED
    assert compared.code in (WELL, REFUSED), compared.said
    assert refused == ("refused" in compared.said)
    assert "precision at 1 %" in compared.said
    assert "traders never seen" in compared.said
    assert in_use() == june, "comparing changes nothing"

    # The day leaves few shipments: too few to tell two models apart.
    early = shiprisk("promote", world, "--from", "2024-12-20", "--reason", "hurry", *at)
    assert early.code == REFUSED
    assert "did not pass enough outcomes" in early.said
    assert in_use() == june, "a refusal changes nothing"

    why = "the shock of autumn"
    forced = shiprisk("promote", world, "--reason", why, "--by", "ana", "--force", *at)
    assert forced.code == WELL, forced.said
    assert "version 2 is champion instead of 1 (promotion by ana: the shock of autumn)" in (
        forced.said
    )
    assert refused == ("in spite of" in forced.said)
    assert in_use() == august

    back = shiprisk("rollback", "--reason", "odd reasons", "--by", "ben", *at)
    assert back.code == WELL
    assert in_use() == june
    shown = shiprisk("registry", *at).said
    assert all(told in shown for told in (why, "odd reasons", "ana", "ben", "the first model"))
    assert shown.index("rollback") < shown.index("promotion") < shown.index("first")
    again = shiprisk("rollback", "--reason", "once more", *at)
    assert again.code == FAILED
    assert "no champion before version 1 is on record" in again.said


def test_records_that_both_models_know_are_refused_in_one_line(
    two_models: str, world: Path, shiprisk: Callable[..., Ran]
) -> None:
    asked = ("--challenger", 2, "--from", "2024-03-01", "--tracking-uri", two_models)
    ran = shiprisk("compare", world, *asked)
    assert ran.code == FAILED
    assert "Stopped: version 2 was trained on what was known before" in ran.said


@pytest.mark.parametrize("words", [["rollback", "--reason", "x"], ["registry"]])
def test_a_store_that_does_not_exist_is_told_and_not_made(
    words: list[str], shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = shiprisk(*words, "--tracking-uri", f"sqlite:///{tmp_path / 'none.db'}")
    assert ran.code == FAILED
    assert "does not exist; train a model first" in ran.said
    assert not (tmp_path / "none.db").exists()


def test_a_promotion_without_a_reason_is_refused_before_any_work(
    world: Path, shiprisk: Callable[..., Ran]
) -> None:
    assert shiprisk("promote", world).code == 2
    ran = shiprisk("promote", world, "--reason", " ")
    assert ran.code == FAILED
    assert "--reason is empty" in ran.said
