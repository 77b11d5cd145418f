"""Commands on which model is in use: compare, promote, rollback, registry."""

from datetime import datetime
from typing import Annotated

import typer

from ..defaults import LOCAL_STORE
from .options import ISO, Encoding, ListedFile, MappingFile, RejectedFile, Sources, TrackingUri

app = typer.Typer()

Challenger = Annotated[
    str | None,
    typer.Option("--challenger", help="Version to judge; the one with the alias by default."),
]
Since = Annotated[
    datetime | None,
    typer.Option(
        "--from", formats=ISO, help="Judge shipments since this day; all that neither model knows."
    ),
]
Reason = Annotated[str, typer.Option("--reason", help="Why; stays on record.")]
By = Annotated[
    str | None, typer.Option(help="Who decides; stays on record. The account by default.")
]


@app.command()
def compare(
    records: Sources,
    challenger: Challenger = None,
    since: Since = None,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
) -> None:
    """Hold the challenger against the champion on later records. Exit code 4: it would be refused.

    Give all records, old and new: both models look up the past in them, and are judged on the
    inspected shipments that neither was trained on.
    """
    from ..commands.promotion import Asked, compare_models
    from ..commands.source import Input

    source = Input(records, mapping, encoding, rejected, listed)
    asked = Asked(source, tracking_uri, challenger, since.date() if since else None)
    raise typer.Exit(compare_models(asked))


@app.command()
def promote(
    records: Sources,
    reason: Reason,
    by: By = None,
    challenger: Challenger = None,
    since: Since = None,
    force: Annotated[
        bool, typer.Option("--force", help="Promote in spite of gates; the record says so.")
    ] = False,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
) -> None:
    """Compare, and make the challenger champion if it passes every gate. Exit code 4: refused."""
    from ..commands.promotion import Asked, promote_challenger
    from ..commands.source import Input

    source = Input(records, mapping, encoding, rejected, listed)
    asked = Asked(source, tracking_uri, challenger, since.date() if since else None)
    raise typer.Exit(promote_challenger(asked, by, reason, force))


@app.command()
def rollback(reason: Reason, by: By = None, tracking_uri: TrackingUri = LOCAL_STORE) -> None:
    """Return to the champion before, by the records; again: to the one before that."""
    from ..commands.promotion import roll_back

    raise typer.Exit(roll_back(tracking_uri, by, reason))


@app.command()
def registry(tracking_uri: TrackingUri = LOCAL_STORE) -> None:
    """Show the versions, which of them is champion, and every change of it: who, when, why."""
    from ..commands.promotion import show_registry

    raise typer.Exit(show_registry(tracking_uri))
