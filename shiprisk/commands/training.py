"""From records to a registered model."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from shiprisk.training import Settings, Trained, train

from .. import printing
from ..defaults import Exit
from ..printing import console
from .source import Input
from .telling import clearly, quiet_mlflow, telling

if TYPE_CHECKING:
    from shiprisk.training import Tracked


@clearly
def train_model(source: Input, settings: Settings, tracking_uri: str) -> Exit:
    """Train, measure, track and register a model."""
    with console.status("reading records") as status:
        records = source.read()
        trained = train(records, settings, telling(status.update))
        status.update("storing the run in MLflow")
        track = _tracking()
        tracked = track(trained, tracking_uri, [str(path) for path in source.sources])
    printing.training(trained, tracked.version, tracked.alias, tracking_uri)
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


def _tracking() -> Callable[[Trained, str, list[str]], "Tracked"]:
    """MLflow takes seconds to import, so only training does it."""
    quiet_mlflow()
    from shiprisk.training import track

    return track
