"""Scores in a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from shiprisk.features import ReadError, list_versions
from shiprisk.serving import (
    KINDS,
    MOST_REASONS,
    ROWS_A_PART,
    Audit,
    Batch,
    BatchRecorder,
    Circumstances,
    Parts,
    Scorer,
    score_into,
)
from shiprisk.training import account

from .. import __version__, printing
from ..defaults import Exit
from .source import Input, KeptRecords
from .telling import clearly, progress_bar


@dataclass(frozen=True)
class Using:
    """What scores are made with."""

    model: str
    history: Path | None
    tracking_uri: str


@dataclass(frozen=True)
class Answers:
    """What is answered. lanes: explain what takes one of these; None for all."""

    day: date | None = None
    reasons: int | None = MOST_REASONS
    lanes: tuple[str, ...] | None = None
    show: int = 0
    rows_at_once: int = ROWS_A_PART


@dataclass(frozen=True)
class Kept:
    """Where a record of the answers is kept, and who asked; the account by default."""

    audit: str | None = None
    by: str | None = None

    @contextmanager
    def recorder(
        self, scorer: Scorer, records: KeptRecords, answers: Answers, digest: str
    ) -> Iterator[BatchRecorder | None]:
        """What records a batch, for as long as it runs; None where no record is asked for."""
        if self.audit is None:
            yield None
            return
        by = account() if self.by is None else self.by
        days = pd.Series(list(records.declarations.days), dtype="datetime64[s]")
        listed = records.listed_parties is not None
        known = Circumstances.of(scorer)
        with Audit.open(self.audit, durable=True) as audit:
            yield BatchRecorder(audit, by, answers.reasons, known, digest, days, listed)


@clearly
def score_records(
    source: Input,
    out: Path,
    using: Using,
    answers: Answers,
    kept: Kept = Kept(),
    anew: bool = False,
) -> Exit:
    """Score records into a file; of a file with several days, earlier days count as history."""
    if out.suffix not in KINDS:
        raise ReadError(f"{out}: scores are written as one of {', '.join(KINDS)}")
    scorer = Scorer.load(using.model, using.history, using.tracking_uri)
    with Parts(out, anew) as parts:
        records, digest = _read(source, parts.records)
        about = _about(scorer, answers, kept, f"{digest} {len(records.declarations)}")
        batch = Batch(
            scorer.knowing(records.listed_parties),
            records.declarations,
            answers.day,
            answers.reasons,
            answers.lanes,
            answers.show,
            answers.rows_at_once,
        )
        with kept.recorder(scorer, records, answers, digest) as recorder, progress_bar() as bar:
            task = bar.add_task("scoring")
            written = score_into(
                parts, batch, about, recorder,
                lambda done, of: bar.update(task, completed=done, total=of),
            )  # fmt: skip
    printing.scores(written, out, scorer)
    printing.riskiest(written)
    return Exit.SOME_REJECTED if records.some_rejected else Exit.WELL


def _read(source: Input, into: Path) -> tuple[KeptRecords, str]:
    """The records, kept in a file, and their digest."""
    with progress_bar() as bar:
        task = bar.add_task("reading", total=None)
        records = source.keep(into, lambda done: bar.update(task, completed=done))
    return records, source.digest()


def _about(scorer: Scorer, answers: Answers, kept: Kept, records: str) -> dict[str, str]:
    """All that the scores depend on, by the name under which it is told."""
    return {
        "records": records,
        "model": scorer.model.version,
        "history": f"{scorer.history.digest} through {scorer.history.through}",
        "lists": str(list_versions()),
        "options": f"{answers} {'with' if kept.audit else 'without'} audit",
        "version of shiprisk": __version__,
    }
