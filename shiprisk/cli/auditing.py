"""Commands on scores that were given before: replay-score, report."""

from pathlib import Path
from typing import Annotated

import typer

from ..defaults import LOCAL_STORE
from .options import AuditAddress, Encoding, Language, ListedFile, MappingFile, TrackingUri, page_of

app = typer.Typer()


@app.command()
def replay_score(
    score_id: Annotated[str, typer.Argument(help="The score_id of an answer.", show_default=False)],
    audit: AuditAddress = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="Directory or MLflow address of the model that gave it: work it out again."
        ),
    ] = None,
    history: Annotated[
        Path | None, typer.Option(help="The history it knew, if not the one with the model.")
    ] = None,
    records: Annotated[
        list[Path] | None,
        typer.Option(help="The records it was scored with, where their days were its past."),
    ] = None,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    listed: ListedFile = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
) -> None:
    """Print a score from the audit record, byte for byte as it was answered.

    With --model the risk, base and contributions are worked out again from the recorded signals,
    and the whole answer from the recorded input where the history is the one that was known.
    Standard error says what came of it; exit code 1 where anything differs.
    """
    from ..commands.auditing import replay_one
    from ..commands.batch import Using
    from ..commands.source import Input

    using = Using(model, history, tracking_uri) if model else None
    source = Input(records, mapping, encoding, None, listed) if records else None
    raise typer.Exit(replay_one(score_id, audit, using, source))


@app.command()
def report(
    score_id: Annotated[str, typer.Argument(help="The score_id of an answer.", show_default=False)],
    out: Annotated[Path, typer.Option(help="The file to write: .html or .pdf.", callback=page_of)],
    audit: AuditAddress = None,
    history: Annotated[
        Path | None,
        typer.Option(help="The history that the score knew: then the page has pictures."),
    ] = None,
    language: Language = "en",
    owner_nationality: Annotated[
        bool, typer.Option(help="Whether the page names where owners come from.")
    ] = True,
    browser: Annotated[
        str | None,
        typer.Option(help="Chromium, Chrome or Edge to print a PDF with, if not on PATH."),
    ] = None,
) -> None:
    """Write a score from the audit record as one page, to read, print and keep.

    HTML, or PDF printed by a browser that is installed: the same page.
    """
    from ..commands.auditing import Paper, write_report

    paper = Paper(out, language, history, owner_nationality, browser)
    raise typer.Exit(write_report(score_id, audit, paper))
