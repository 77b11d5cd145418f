"""Scores of a batch into a file: what is needed of all records stays, what is answered streams."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from ..files import SCHEMA
from ..scorer import Progress, ScoredBlock, Scorer
from .parts import Parts, Summary

# Scores in memory at once; a run that is killed loses no more than these.
ROWS_A_PART = 10_000

_NAMED = pa.field("score_id", pa.string())


class Recorder(Protocol):
    """What keeps a record of scores before they are answered."""

    def record(self, part: ScoredBlock, answers: Sequence[Mapping[str, Any]], again: bool) -> None:
        """Keep the answers; again: some of them may have been kept before."""


@dataclass(frozen=True)
class Batch:
    """What is to be scored, and how.

    declarations: validated. only: a mask of those to score; the others count as the past. lanes:
    explain what takes one of these; None for all. shown: so many of the riskiest are told.
    """

    scorer: Scorer
    declarations: pd.DataFrame
    only: np.ndarray | None = None
    most_reasons: int | None = None
    lanes: Collection[str] | None = None
    shown: int = 0
    rows_a_part: int = ROWS_A_PART


class Written(NamedTuple):
    """What a run wrote. riskiest: its riskiest scores, on the index of the declarations."""

    rows: int
    lanes: Mapping[str, int]
    riskiest: pd.DataFrame


def score_into(
    out: Path,
    batch: Batch,
    about: Mapping[str, str],
    recorder: Recorder | None = None,
    anew: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Score a batch into a Parquet, JSON lines or CSV file, block by block.

    about: all that tells this run from another, by name. A run that was cut off goes on after its
    last finished block; OtherRun where the one that was begun is another, unless anew. With a
    recorder each answer has a `score_id`. The file appears when all is done.
    """
    parts = Parts(out, SCHEMA if recorder is None else SCHEMA.append(_NAMED))
    ids, resumed = parts.begin(about, anew)
    told = parts.finished()
    done = sum(summary.rows for summary in told)
    for part in _blocks(batch, done, progress):
        scores = part.scores
        if recorder is not None:
            scores = scores.assign(score_id=[ids.of(done + at) for at in range(len(scores))])
            recorder.record(part, scores.to_dict("records"), resumed)
        summary = _summary(scores, done, batch.shown)
        parts.keep(len(told), scores, summary)
        told.append(summary)
        done, resumed = done + len(scores), False
    parts.join(len(told))
    return _written(told, batch)


def _blocks(batch: Batch, done: int, progress: Progress | None) -> Iterator[ScoredBlock]:
    """The blocks that are not yet finished, with progress told before and after each."""
    wanted = len(batch.declarations) if batch.only is None else int(batch.only.sum())
    blocks = batch.scorer.scored_blocks(
        batch.declarations, batch.most_reasons, batch.only, batch.lanes, done, batch.rows_a_part
    )
    for part in blocks:
        if progress:
            progress(done, wanted)
        yield part
        done += len(part.scores)
    if progress:
        progress(done, wanted)


def _summary(scores: pd.DataFrame, place: int, shown: int) -> Summary:
    """Of a block whose first score has this place among all."""
    order = np.argsort(-scores["risk"].to_numpy(), kind="stable")[:shown]
    answers = scores.iloc[order].to_dict("records")
    riskiest = [(place + at, answer) for at, answer in zip(order.tolist(), answers, strict=True)]
    return Summary(len(scores), scores["lane"].value_counts().to_dict(), riskiest)


def _written(told: Sequence[Summary], batch: Batch) -> Written:
    every = [one for summary in told for one in summary.riskiest]
    every.sort(key=lambda one: (-one[1]["risk"], one[0]))
    top = every[: batch.shown]
    asked = batch.declarations if batch.only is None else batch.declarations[batch.only]
    riskiest = pd.DataFrame([answer for _, answer in top], asked.index[[at for at, _ in top]])
    lanes = sum((Counter(summary.lanes) for summary in told), Counter[str]())
    return Written(sum(summary.rows for summary in told), lanes, riskiest)
