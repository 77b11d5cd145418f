"""What each of two versions says of the same declarations, each asked in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from shiprisk.serving import downloaded

from ..code import importable
from ..errors import ComparisonError
from ..registry import REGISTERED
from ..store import sqlite_file

_ASKED_BY = Path("shiprisk") / "serving" / "apart.py"


@dataclass(frozen=True)
class Stored:
    """A registered version on this machine: its plain files and the code that it was stored with.

    about: what it says of itself: data, days, settings, list versions.
    """

    version: str
    directory: Path
    code: Path
    about: Mapping[str, Any]

    @classmethod
    def of(cls, version: str, tracking_uri: str, scratch: Path) -> "Stored":
        """Fetch a version from its store; from a server's into a directory of its own."""
        into = None if sqlite_file(tracking_uri) else scratch / version
        root, directory = downloaded(f"models:/{REGISTERED}/{version}", tracking_uri, into)
        about = json.loads((directory / "model.json").read_text(encoding="utf-8"))["about"]
        return cls(version, directory, root / "code", about)


@dataclass(frozen=True)
class Answers:
    """What a version answered, in the order asked, and how exact its explanations are.

    risk, without: with and without owner nationality. lane: red, yellow or green. red, yellow: from
    which risk. explained: on how many shipments explanations were checked. off_sum, off_referee:
    their largest error, in log-odds.
    """

    model_version: str
    risk: np.ndarray
    without: np.ndarray
    lane: np.ndarray
    red: float
    yellow: float
    explained: int
    off_sum: float
    off_referee: float


def answers(stored: Stored, tables: Path) -> Answers:
    """Ask a version for the declarations in a directory of tables.

    The process imports the code that MLflow stored with the version (the installed package only
    where it is the same): so each is asked with the signals it was trained on, whatever has become
    of them since.
    ComparisonError where that code cannot be asked.
    """
    if not (stored.code / _ASKED_BY).is_file():
        raise ComparisonError(
            f"version {stored.version} was stored without {_ASKED_BY.as_posix()}, by an earlier "
            "shiprisk: it cannot be asked on its own; train it again, or change the champion with "
            "--force and the reason"
        )
    with TemporaryDirectory() as scratch:
        paths = filter(None, [str(importable(stored.code)), os.environ.get("PYTHONPATH")])
        command = [sys.executable, "-P", "-m", "shiprisk.serving.apart"]
        asked = subprocess.run(
            [*command, stored.directory, tables, scratch],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            cwd=scratch,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if asked.returncode:
            told = (asked.stderr.strip().splitlines() or [f"exit code {asked.returncode}"])[-1]
            raise ComparisonError(
                f"version {stored.version}, asked with the code that was stored with it, did not "
                f"answer: {told}"
            )
        frame = pd.read_parquet(Path(scratch) / "answers.parquet")
        about = json.loads((Path(scratch) / "about.json").read_text(encoding="utf-8"))
    return Answers(
        **about,
        risk=frame["risk"].to_numpy(),
        without=frame["without"].to_numpy(),
        lane=frame["lane"].to_numpy(),
    )
