"""Killed at any moment, a command leaves the champion as it was, or the new one and its record."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
POINTS_IN_PROMOTE, POINTS_IN_TRACK = 11, 9

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


def killed(what: str, given: Path, into: Path, points: int) -> list[dict[str, Any]]:
    """What `killing.py` saw. One thread for each library: it forks."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(
        [sys.executable, "-m", "tests.training.promotion.killing", what, given, into, str(points)],
        cwd=ROOT,
        env={**os.environ, **one, "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_promotion_killed_anywhere_is_whole_or_has_not_been(
    three_versions: Path, tmp_path: Path
) -> None:
    seen = killed("promote", three_versions, tmp_path, POINTS_IN_PROMOTE)
    assert len(seen) == POINTS_IN_PROMOTE
    assert all(one["killed"] for one in seen)
    champions = [one["champion"] for one in seen]
    assert champions == sorted(champions), "the old one up to one write, the new one from there on"
    assert set(champions) == {"1", "2"}
    for one in seen:
        assert one["last"] == one["champion"], "the records say who is champion"
        # Whatever was cut off, the next commands settle it: one promotion, one way back.
        assert one["kinds"] == ["first", "promotion", "rollback"], one
        assert one["whys"] == ["better on spring", "the first model"]
        assert one["open"] == []
        assert one["by_on_version"] == "ana"
        assert one["after"] == one["back_to"] == "1"


def test_tracking_killed_anywhere_leaves_the_champion_and_a_store_that_works(
    world: Path, tmp_path: Path
) -> None:
    *seen, last = killed("track", world, tmp_path, POINTS_IN_TRACK)
    assert len(seen) == POINTS_IN_TRACK
    assert all(one["killed"] for one in seen)
    tracking = [one for one in seen if "setting up" not in one]
    for one in [*tracking, last]:
        assert one["champion"] == "1"
        assert one["loads"] == last["loads"]
    versions = [one["versions"] for one in tracking]
    assert versions == sorted(versions)
    assert last["versions"] == versions[-1] + 1
