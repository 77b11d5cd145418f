"""From records to a registered model."""

import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from shiprisk.training import Settings, Trained, train

from .. import printing
from ..defaults import Exit
from ..printing import console
from .source import Input
from .telling import clearly, telling

if TYPE_CHECKING:
    from shiprisk.training import Tracked


@clearly
def train_model(source: Input, settings: Settings, tracking_uri: str) -> Exit:
    """Train, measure, track and register a model."""
    with console.status("reading records") as status:
        records = source.read()
        trained = train(records, settings, telling(status.update), source.truth())
        status.update("storing the run in MLflow")
        track = _tracking()
        tracked = track(trained, tracking_uri, [str(path) for path in source.sources])
    printing.training(trained, tracked.version, tracked.alias, tracking_uri)
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


def _tracking() -> Callable[[Trained, str, list[str]], "Tracked"]:
    """MLflow takes seconds to import, so only training does it; its chatter is left out."""
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    from shiprisk.training import track

    logging.getLogger("mlflow").setLevel(logging.WARNING)
    return track
