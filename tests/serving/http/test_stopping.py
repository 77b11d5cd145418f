"""Asked to stop under load, the service finishes what it accepted and says so first."""

import signal
import time
from pathlib import Path

import httpx
import pytest

from tests.factory import declaration, declarations
from tests.serving.http.asking import answer
from tests.serving.http.process import Asking, started


def test_what_was_accepted_is_answered(bundle: Path, tmp_path: Path) -> None:
    words = ("--model", bundle, "--drain-seconds", 1, "--records-per-second", 1e6)
    with started(tmp_path, *words) as process:
        clients = [Asking(process.address, declaration()) for _ in range(4)]
        long = Asking(process.address, declarations(1_000).to_dict("records"))
        for one in (*clients, long):
            one.start()
        while not all(one.told for one in clients):
            time.sleep(0.01)
        process.running.send_signal(signal.SIGTERM)
        with httpx.Client(base_url=process.address) as client:
            while (ready := client.get("/readyz")).status_code == 200:
                time.sleep(0.01)
        assert ready.status_code == 503
        assert process.running.wait() == 0
        for one in (*clients, long):
            one.join()
            assert not one.failed
            assert [told.status_code for told in one.told] == [200] * len(one.told)
            assert one.told[-1].headers["connection"] == "close"
        assert len(answer(long.told[-1])["scores"]) == 1_000
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{process.address}/healthz")
        assert [line["signal"] for line in process.lines("stopping")] == ["SIGTERM"]
        assert process.lines("stopped")
