"""What was answered is on record, whenever the process was killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving.audit.killing import MOST_WAITING, REQUEST

ROOT = Path(__file__).parents[3]
DURABLE, FAST = 20, 6

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


def killed(address: str) -> dict[str, list[dict[str, int]]]:
    """What `killing.py` saw. One thread for each library: it forks."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, "-m", "tests.serving.audit.killing", address, str(DURABLE), str(FAST)],
        cwd=ROOT,
        env={**os.environ, **one},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, list[dict[str, int]]] = json.loads(done.stdout.splitlines()[-1])
    return seen


def test_killed_at_any_moment_nothing_is_missing_that_was_told(address: str) -> None:
    seen = killed(address)
    assert (len(seen["durable"]), len(seen["fast"])) == (DURABLE, FAST)
    assert all(one["told"] >= REQUEST for mode in seen.values() for one in mode)
    assert [one["missing"] for one in seen["durable"]] == [0] * DURABLE
    # The faster mode may miss what waited, and no more.
    assert max(one["missing"] for one in seen["fast"]) <= MOST_WAITING
