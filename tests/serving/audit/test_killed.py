"""What was answered is on record, whenever the process was killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shiprisk.serving import Audit
from tests.serving.audit.killing import MOST_WAITING, REQUEST

ROOT = Path(__file__).parents[3]
DURABLE, FAST = 20, 6

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


def test_a_program_that_ends_without_closing_loses_nothing(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'audit.db'}"
    code = (
        "import sys\n"
        "from shiprisk.serving import Audit\n"
        "from tests.serving.audit.made import entries\n"
        "made = entries(500)\n"
        "Audit.open(sys.argv[1], durable=False).record(made)\n"
        "print(*(one.score_id for one in made))"
    )
    command = [sys.executable, "-c", code, address]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    told = set(done.stdout.split())
    assert len(told) == 500, done.stderr
    with Audit.reading(address) as audit:
        assert audit.recorded(told) == told


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
