"""Scores of a table of Spark into a table: in every task the same scorer as on one machine."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame

from shiprisk.features import NODES, Block, History, SparkRecords
from shiprisk.models import RiskModel

from ..collecting import uncollected
from ..files import SCHEMA, table_of
from ..scorer import Scorer

# Scores that a task holds at once.
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Scores:
    """The scores of a chunk of declarations.

    model: a directory that all workers see. most_reasons, lanes: see `Scorer.scored_blocks`.
    """

    model: Path
    most_reasons: int | None
    lanes: tuple[str, ...] | None

    def __call__(self, declarations: pd.DataFrame, block: Block) -> pa.Table:
        """One row per declaration, in SCHEMA."""
        with uncollected():
            scorer = _scorer(self.model, (self.model / "model.json").stat().st_mtime_ns)
            scores = scorer.scored(declarations, block, self.most_reasons, self.lanes)
            return table_of(scores, SCHEMA)


@cache
def _scorer(model: Path, written: int) -> Scorer:
    """The scorer of a model as it was written last; what is known of records comes to it."""
    return Scorer(RiskModel.load(model), History(NODES))


def score_on_spark(
    records: SparkRecords,
    past: Path,
    scores: Scores,
    write: Callable[[DataFrame], None],
    day: date | None = None,
    listed_parties: pd.DataFrame | None = None,
) -> None:
    """Score checked declarations; the same as `Scorer.score_validated` would answer.

    past: a saved history or a table of totals that all workers see; days of the records after its
    last one count as well, as far as they are before. write: puts the scores where they belong.
    """
    records.answered(
        past, scores, SCHEMA, write, day=day, listed_parties=listed_parties,
        rows_at_once=_ROWS_AT_ONCE,
    )  # fmt: skip
