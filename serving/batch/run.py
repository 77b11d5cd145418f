"""Scores of a batch into a file, block by block: neither records nor answers stay in memory."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from shiprisk.features import Kept

from ..blocks import days_of
from ..collecting import uncollected
from ..files import SCHEMA
from ..scorer import Progress, ScoredBlock, Scorer
from .memory import give_back
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

    declarations: validated. day: score those of this day; those before it count as the past. lanes:
    explain what takes one of these; None for all. shown: so many of the riskiest are told.
    """

    scorer: Scorer
    declarations: Kept
    day: date | None = None
    most_reasons: int | None = None
    lanes: Collection[str] | None = None
    shown: int = 0
    rows_a_part: int = ROWS_A_PART

    def asked(self) -> Iterator[pd.DataFrame]:
        """The declarations to score, in parts."""
        if self.day is None:
            yield from self.declarations
            return
        for part in self.declarations:
            yield part[days_of(part) == np.datetime64(self.day, "D")]

    def __len__(self) -> int:
        return len(self.declarations) if self.day is None else self.declarations.days[self.day]


class Written(NamedTuple):
    """What a run wrote. riskiest: its riskiest scores. declared: the declaration of each."""

    rows: int
    lanes: Mapping[str, int]
    riskiest: pd.DataFrame
    declared: pd.DataFrame


def score_into(
    parts: Parts,
    batch: Batch,
    about: Mapping[str, str],
    recorder: Recorder | None = None,
    progress: Progress | None = None,
) -> Written:
    """Score a batch into the Parquet, JSON lines or CSV file of these parts, block by block.

    about: all that tells this run from another, by name. A run that was cut off goes on after its
    last finished block; OtherRun where the one that was begun is another. With a recorder each
    answer has a `score_id`. The file appears when all is done.
    """
    ids, resumed = parts.begin(about, SCHEMA if recorder is None else SCHEMA.append(_NAMED))
    told = parts.finished()
    done, wanted = sum(summary.rows for summary in told), len(batch)

    def finish(part: ScoredBlock) -> Summary:
        scores = part.scores
        if recorder is not None:
            scores = scores.assign(score_id=[ids.of(done + at) for at in range(len(scores))])
            recorder.record(part, scores.to_dict("records"), resumed)
        summary = _summary(scores, done, batch.shown)
        parts.keep(len(told), scores, summary)
        return summary

    if progress:
        progress(done, wanted)
    with uncollected():
        for summary in map(finish, _blocks(batch, done)):  # a loop's variable would keep a block
            give_back()
            told.append(summary)
            done, resumed = done + summary.rows, False
            if progress:
                progress(done, wanted)
    parts.join(len(told))
    return _written(told, batch)


def _blocks(batch: Batch, done: int) -> Iterator[ScoredBlock]:
    """The blocks that are not yet finished."""
    if done == len(batch):
        return iter(())
    last = batch.day or max(batch.declarations.days)
    scorer = batch.scorer.after_days_of(batch.declarations, np.datetime64(last, "D"))
    return scorer.scored_blocks(
        batch.asked(), batch.most_reasons, batch.lanes, done, batch.rows_a_part
    )


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
    riskiest = pd.DataFrame([answer for _, answer in top])
    lanes = sum((Counter(summary.lanes) for summary in told), Counter[str]())
    declared = _at(batch, [place for place, _ in top])
    return Written(sum(summary.rows for summary in told), lanes, riskiest, declared)


def _at(batch: Batch, places: list[int]) -> pd.DataFrame:
    """The declarations at these places among those that were scored, in this order."""
    found: list[pd.DataFrame] = []
    first = 0
    for part in batch.asked() if places else ():
        inside = [place - first for place in sorted(places) if 0 <= place - first < len(part)]
        found.append(part.iloc[inside].set_axis([first + at for at in inside]))
        first += len(part)
    return pd.concat(found).loc[places] if found else pd.DataFrame()
