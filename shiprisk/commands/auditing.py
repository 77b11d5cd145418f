"""Scores of the audit record, shown and worked out again."""

from pathlib import Path

import typer

from shiprisk.serving import Audit, AuditError, Given, Scorer, recomputed

from .. import printing_audit as printing
from ..defaults import Exit
from .telling import clearly


@clearly
def replay_one(
    score_id: str, audit: str | None, model: str | None, history: Path | None, tracking_uri: str
) -> Exit:
    """Print the bytes of one answer; where a model is named, work it out again and compare."""
    if audit is None:
        raise AuditError("no audit record is named: give --audit, or set SHIPRISK_AUDIT")
    record = Audit.reading(audit)
    try:
        given = record.given(score_id)
    finally:
        record.close()
    typer.echo(given.answer, nl=False)
    printing.given(given)
    if model is None:
        return Exit.WELL
    return _again(given, Scorer.load(model, history, tracking_uri))


def _again(given: Given, scorer: Scorer) -> Exit:
    found = recomputed(given, scorer)
    printing.recomputed(found)
    return Exit.WELL if found.equal else Exit.FAILED
