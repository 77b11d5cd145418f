"""Scores over HTTP."""

from pathlib import Path

from shiprisk.serving import Keys, Limits

from ..defaults import Exit
from .telling import clearly, quiet_mlflow


@clearly
def serve_scores(
    model: str,
    history: Path | None,
    tracking_uri: str,
    host: str,
    port: int,
    limits: Limits,
    watch_seconds: float,
    drain_seconds: float,
) -> Exit:
    """Answer scoring requests over HTTP until stopped."""
    from shiprisk.serving import Origin, Pace, serve

    keys = Keys.from_environment(host)
    if model.startswith("models:/"):
        quiet_mlflow()
    origin = Origin(model, history, tracking_uri)
    serve(origin, keys, limits, host, port, Pace(watch_seconds, drain_seconds))
    return Exit.WELL
