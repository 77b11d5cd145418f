"""Commands that put a model to use: score, history, serve."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ..defaults import CHAMPION, LOCAL_STORE
from .options import ISO, Encoding, ListedFile, MappingFile, RejectedFile, Sources, TrackingUri

app = typer.Typer()


@app.command()
def score(
    records: Sources,
    out: Annotated[Path, typer.Option(help="Where to write: .parquet, .jsonl or .csv.")],
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    model: Annotated[str, typer.Option(help="Directory or MLflow address.")] = CHAMPION,
    history: Annotated[Path | None, typer.Option(help="A newer history's directory.")] = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    day: Annotated[
        datetime | None, typer.Option(formats=ISO, help="Score the declarations of this day only.")
    ] = None,
    reasons: Annotated[
        int | None, typer.Option(min=1, help="At most so many reasons each; all by default.")
    ] = None,
    show: Annotated[int, typer.Option(min=0, max=100, help="Print so many of the riskiest.")] = 0,
) -> None:
    """Score records: risk, lane and reasons of each. Exit code 3 if some were rejected."""
    from ..commands.scoring import score_records
    from ..commands.source import Input

    written = rejected or out.with_suffix(".rejected.jsonl")
    source = Input(records, mapping, encoding, written, listed)
    code = score_records(
        source, out, model, history, tracking_uri, day.date() if day else None, reasons, show
    )
    raise typer.Exit(code)


@app.command()
def history(
    records: Sources,
    out: Annotated[Path, typer.Option(help="Directory to write the history to.")],
    add_to: Annotated[
        str | None, typer.Option(help="History to add to: a directory, or a model's address.")
    ] = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
) -> None:
    """Write what records tell of the past, for `score --history`.

    An outcome counts where its declaration is among the records. With --add-to, give only what the
    earlier history does not hold: a record given twice counts twice.
    """
    from ..commands.scoring import write_history
    from ..commands.source import Input

    source = Input(records, mapping, encoding, rejected, listed)
    raise typer.Exit(write_history(source, out, add_to, tracking_uri))


@app.command()
def serve(
    model: Annotated[str, typer.Option(help="Directory or MLflow address.")] = CHAMPION,
    tracking_uri: TrackingUri = LOCAL_STORE,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
) -> None:
    """Answer scoring requests over HTTP. Beyond this machine SHIPRISK_API_KEY must be set."""
    from ..commands.scoring import serve_scores

    raise typer.Exit(serve_scores(model, tracking_uri, host, port))
