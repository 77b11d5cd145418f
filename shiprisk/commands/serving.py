"""Scores over HTTP."""

from contextlib import nullcontext

from shiprisk.serving import Keys, Limits

from ..defaults import Exit
from .batch import Using
from .telling import clearly, quiet_mlflow


@clearly
def serve_scores(
    using: Using,
    host: str,
    port: int,
    limits: Limits,
    watch_seconds: float,
    drain_seconds: float,
    audit: str | None,
    durable: bool,
) -> Exit:
    """Answer scoring requests over HTTP until stopped; record the answers where that is asked."""
    from shiprisk.serving import Audit, Origin, Pace, serve

    keys = Keys.from_environment(host)
    if using.model.startswith("models:/"):
        quiet_mlflow()
    origin = Origin(using.model, using.history, using.tracking_uri)
    with Audit.open(audit, durable) if audit else nullcontext() as record:
        serve(origin, keys, limits, host, port, Pace(watch_seconds, drain_seconds), record)
    return Exit.WELL
