"""Batches that are killed again and again, always in the same place, until they are done.

`python -m tests.serving.batch.killing BUNDLE DECLARATIONS DIRECTORY KILLS` writes the scores into
the directory as .parquet, .csv and .jsonl, the last with an audit record beside it, and prints for
each how many blocks were finished at each kill, as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import pandas as pd

from shiprisk.features import Kept
from shiprisk.serving import (
    Audit,
    Batch,
    BatchRecorder,
    Circumstances,
    Parts,
    Scorer,
    score_into,
)
from shiprisk.serving.batch.parts import Summary

ROWS_A_PART = 60


class Held(Parts):
    """Parts of a run that stands still once it has so many, however late it is killed."""

    most: int

    def keep(self, number: int, scores: pd.DataFrame, summary: Summary) -> None:
        while number >= self.most:
            signal.pause()
        super().keep(number, scores, summary)


def score(batch: Batch, out: Path, audited: bool = False) -> None:
    """Score a batch, recorded or not; go on with what was begun."""
    _score(batch, Parts(out), out.parent, audited)


def _score(batch: Batch, into: Parts, directory: Path, audited: bool) -> None:
    about = {"records": "same"}
    if not audited:
        with into as parts:
            score_into(parts, batch, about)
        return
    days, known = pd.Series(list(batch.declarations.days)), Circumstances.of(batch.scorer)
    days = days.astype("datetime64[s]")
    address = f"sqlite:///{directory / 'audit.db'}"
    with into as parts, Audit.open(address, durable=True) as audit:
        recorder = BatchRecorder(audit, "a batch", 3, known, "further", days)
        score_into(parts, batch, about, recorder)


def batch_of(bundle: Path, declarations: Path) -> Batch:
    """The batch that is killed."""
    frame = pd.read_parquet(declarations)
    kept = Kept.of(declarations.with_suffix(".arrow"), [frame.iloc[:250], frame.iloc[250:]])
    return Batch(Scorer.load(bundle), kept, most_reasons=3, rows_a_part=ROWS_A_PART)


def killed(batch: Batch, out: Path, audited: bool, kills: int) -> list[int]:
    """Kill so many processes, each when it has finished a block or two and a little more."""
    chance, seen = random.Random(6), []
    for _ in range(kills):
        before = _finished(out)
        child = os.fork()
        if not child:
            _in_child(batch, out, audited, before + 2)
        wanted = before + chance.randint(1, 2)
        while _finished(out) < wanted:
            assert os.waitpid(child, os.WNOHANG) == (0, 0), "it ended before it was killed"
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        seen.append(_finished(out))
    score(batch, out, audited)
    return seen


def _in_child(batch: Batch, out: Path, audited: bool, most: int) -> None:
    try:
        held = Held(out)
        held.most = most
        _score(batch, held, out.parent, audited)
    finally:
        os._exit(1)


def _finished(out: Path) -> int:
    return len(list(out.parent.glob(f"{out.name}.parts/*.summary.json")))


def main(bundle: Path, declarations: Path, directory: Path, kills: int) -> dict[str, list[int]]:
    """What was finished at each kill, by kind of file."""
    batch = batch_of(bundle, declarations)
    # What is compiled, is once for all.
    batch.scorer.score_validated(next(iter(batch.declarations)).head(2))
    kinds = (".parquet", ".csv", ".jsonl")
    return {
        kind: killed(batch, directory / f"scores{kind}", kind == ".jsonl", kills) for kind in kinds
    }


if __name__ == "__main__":
    *given, count = sys.argv[1:]
    print(json.dumps(main(*map(Path, given), int(count))))
