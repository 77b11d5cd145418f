"""The command that answers over HTTP: serve."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ..defaults import CHAMPION, LOCAL_STORE
from .options import AuditAddress, TrackingUri

app = typer.Typer()


def _limit(variable: str, least: float, help: str) -> Any:
    return typer.Option(min=least, envvar=f"SHIPRISK_{variable}", help=help)


def _desk(name: str, help: str, least: float | None = None) -> Any:
    return typer.Option(name, min=least, help=help, rich_help_panel="Reviewers' desk")


@app.command()
def serve(
    model: Annotated[str, typer.Option(help="Directory or MLflow address.")] = CHAMPION,
    history: Annotated[Path | None, typer.Option(help="A newer history's directory.")] = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    audit: AuditAddress = None,
    fast_audit: Annotated[
        bool, typer.Option(help="Answer before the record is written; a crash may lose some.")
    ] = False,
    host: Annotated[
        str, typer.Option(help="Beyond this machine SHIPRISK_API_KEYS must be set.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8000,
    most_bytes: Annotated[int, _limit("MOST_BYTES", 1_000, "Of a body.")] = 8_000_000,
    most_records: Annotated[int, _limit("MOST_RECORDS", 1, "Of a request.")] = 1_000,
    most_waiting: Annotated[
        int, _limit("MOST_WAITING", 1, "Requests read or scored at once; then 503.")
    ] = 100,
    records_per_second: Annotated[
        float, _limit("RECORDS_PER_SECOND", 0.1, "Of one client on average; then 429.")
    ] = 2_000,
    body_seconds: Annotated[
        float, _limit("BODY_SECONDS", 0.1, "Until a body must have come; then 408.")
    ] = 10,
    head_seconds: Annotated[
        float, _limit("HEAD_SECONDS", 0.1, "Until the lines before a body must have come.")
    ] = 10,
    watch_seconds: Annotated[
        float, _limit("WATCH_SECONDS", 0.1, "Between looks for a newer champion or history.")
    ] = 10,
    drain_seconds: Annotated[
        float, _limit("DRAIN_SECONDS", 0, "To go on answering once asked to stop.")
    ] = 3,
    desk: Annotated[bool, _desk("--desk", "Show the reviewers' desk at /desk.")] = False,
    capacity: Annotated[
        str, _desk("--capacity", "Shipments that can be inspected: 50/day, or 5%.")
    ] = "5%",
    second_reviewer: Annotated[
        str, _desk("--second-reviewer", "Who must confirm: sensitive, always or never.")
    ] = "sensitive",
    behind_https: Annotated[
        bool, _desk("--behind-https", "A proxy before the desk speaks HTTPS.")
    ] = False,
    proxy: Annotated[
        str | None, _desk("--trusted-proxy", "Address of a proxy that signs people in.")
    ] = None,
    proxy_header: Annotated[
        str, _desk("--proxy-header", "Header in which it names who asks.")
    ] = "x-remote-user",
    idle_minutes: Annotated[
        float, _desk("--idle-minutes", "Signed out after so long without a request.", least=0.1)
    ] = 30,
    owner_nationality: Annotated[
        bool, _desk("--owner-nationality/--no-owner-nationality", "Show it in pictures.")
    ] = True,
    drift: Annotated[
        Path | None, _desk("--drift", "The page that `monitor` writes: its alarms are shown.")
    ] = None,
) -> None:
    """Answer scoring requests over HTTP, with the newest champion and history, until stopped.

    With --desk, reviewers find the queue, the reasons and the outcomes at /desk.
    """
    from shiprisk.serving import Limits

    from ..commands.batch import Using
    from ..commands.serving import DeskAsked, serve_scores

    limits = Limits(
        most_bytes, most_records, most_waiting, records_per_second, body_seconds, head_seconds
    )
    asked = DeskAsked(
        capacity, second_reviewer, behind_https, proxy, proxy_header, idle_minutes,
        owner_nationality, drift,
    )  # fmt: skip
    raise typer.Exit(
        serve_scores(
            Using(model, history, tracking_uri),
            host,
            port,
            limits,
            watch_seconds,
            drain_seconds,
            audit,
            not fast_audit,
            asked if desk else None,
        )
    )  # fmt: skip
