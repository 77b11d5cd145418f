"""Scores of the audit record, shown and worked out again."""

from dataclasses import dataclass
from pathlib import Path

import typer

from shiprisk.features import NODES, load_history
from shiprisk.serving import (
    Audit,
    AuditError,
    Given,
    Scorer,
    Shipment,
    Words,
    named_with,
    print_pdf,
    recomputed,
    report_page,
)

from .. import printing_audit as printing
from ..defaults import Exit
from ..printing import console, plain
from .batch import Using
from .source import Input
from .telling import clearly


@clearly
def replay_one(score_id: str, audit: str | None, using: Using | None, source: Input | None) -> Exit:
    """Print the bytes of one answer; where a model is named, work it out again and compare."""
    with Audit.reading(_named(audit)) as record:
        given = record.given(score_id)
    typer.echo(given.answer, nl=False)
    printing.given(given)
    if using is None:
        return Exit.WELL
    found = recomputed(given, _scorer(given, using, source))
    printing.recomputed(found)
    return Exit.WELL if found.equal else Exit.FAILED


@dataclass(frozen=True)
class Paper:
    """How a report is to be written. browser: what prints a PDF, if not the first on PATH."""

    out: Path
    language: str
    history: Path | None
    owner_nationality: bool
    browser: str | None


@clearly
def write_report(score_id: str, audit: str | None, paper: Paper) -> Exit:
    """Write one answer as a page that needs nothing else."""
    with Audit.reading(_named(audit)) as record:
        given = record.given(score_id)
        shipment = Shipment.of_record(given, *record.place_of(given))
    history = load_history(paper.history, NODES) if paper.history else None
    page = report_page(shipment, Words.of(paper.language), history, paper.owner_nationality)
    paper.out.parent.mkdir(parents=True, exist_ok=True)
    if paper.out.suffix.lower() == ".pdf":
        print_pdf(page, paper.out, paper.browser)
    else:
        paper.out.write_text(page, encoding="utf-8")
    where = f"[bold]{plain(str(paper.out))}[/]"
    console.print(f"the report on {plain(given.declaration_id)} is in {where}")
    return Exit.WELL


def _named(audit: str | None) -> str:
    if audit is None:
        raise AuditError("no audit record is named: give --audit, or set SHIPRISK_AUDIT")
    return audit


def _scorer(given: Given, using: Using, source: Input | None) -> Scorer:
    """A scorer with the past that is named; with that of the records if the score knew it."""
    scorer = Scorer.load(using.model, using.history, using.tracking_uri)
    named = named_with(scorer.history.digest, source.digest()) if source else ""
    if source is None or named != given.circumstances.history_digest:
        return scorer
    records = source.read()
    declared = records.declarations
    last = declared["declared_on"].to_numpy().max().astype("datetime64[D]")
    return scorer.knowing(records.listed_parties).after_days_of([declared], last, named)
