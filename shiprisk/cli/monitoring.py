"""Commands that watch a model in use: monitor."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ..defaults import CHAMPION, LOCAL_STORE
from .options import ISO, Encoding, ListedFile, MappingFile, RejectedFile, Sources, TrackingUri

app = typer.Typer()


@app.command()
def monitor(
    records: Sources,
    out: Annotated[Path, typer.Option(help="Page to write, with pictures beside it.")] = Path(
        "drift.md"
    ),
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=ISO, help="First day; by default after the training."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=ISO, help="Last day; by default all.")
    ] = None,
    model: Annotated[str, typer.Option(help="Directory or MLflow address.")] = CHAMPION,
    history: Annotated[Path | None, typer.Option(help="A newer history's directory.")] = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
) -> None:
    """Compare recent records with the training period: signals, risks, hubs and outcomes.

    For schedulers: exit code 0 where all is quiet, 5 where drift was found, 3 where all is quiet
    but some records were rejected, 1 where the work stopped.
    """
    from ..commands.monitoring import monitor_records
    from ..commands.source import Input

    source = Input(records, mapping, encoding, rejected, listed)
    days = (first.date() if first else None, last.date() if last else None)
    raise typer.Exit(monitor_records(source, out, model, history, tracking_uri, days))
