"""From records to a registered model."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from shiprisk.features import with_inspections
from shiprisk.training import (
    Settings,
    Trained,
    TrainingError,
    train,
    with_file,
    write_settings,
)

from .. import printing
from ..defaults import Exit
from ..printing import console
from .desk import desk_inspections
from .source import Input
from .telling import clearly, quiet_mlflow, telling

if TYPE_CHECKING:
    from shiprisk.training import Tracked


@clearly
def train_model(
    source: Input,
    settings: Settings,
    tracking_uri: str,
    settings_file: Path | None = None,
    outcomes: str | None = None,
) -> Exit:
    """Train, measure, track and register a model.

    outcomes: the audit record whose desk holds further outcomes.
    """
    if settings_file is not None:
        settings = with_file(settings, settings_file)
    with console.status("reading records") as status:
        records = source.read().by_day()  # else training would keep both orders in memory
        if outcomes is not None:
            written = desk_inspections(outcomes)
            console.print(f"[dim]inspections written at the desk: {len(written):,}[/]")
            records = with_inspections(records, written)
        trained = train(records, settings, telling(status.update), source.truth())
        status.update("storing the run in MLflow")
        track = _tracking()
        tracked = track(trained, tracking_uri, [str(path) for path in source.sources])
    printing.training(trained, tracked.version, tracked.alias, tracking_uri)
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


@clearly
def tune_settings(
    source: Input,
    settings: Settings,
    tracking_uri: str,
    minutes: float,
    trials: int | None,
    out: Path,
    settings_file: Path | None,
) -> Exit:
    """Search settings and write the best ones."""
    if find_spec("optuna") is None:
        raise TrainingError("tuning needs Optuna: pip install 'shiprisk[tuning]'")
    if settings_file is not None:
        settings = with_file(settings, settings_file)
    from shiprisk.training import Limits, tune

    quiet_mlflow()
    with console.status("reading records") as status:
        records = source.read().by_day()
        limits = Limits(minutes * 60, trials)
        best = tune(records, settings, tracking_uri, limits, tell=telling(status.update))
    told = f"objective {best.objective:.4f}, {best.as_given:.4f} as given, {best.trials} trials"
    write_settings(best.settings, out, [told, "average precision less the price of explaining"])
    console.print(f"{told}; for [bold]shiprisk train --settings {out}[/]")
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


def _tracking() -> Callable[[Trained, str, list[str]], "Tracked"]:
    """MLflow takes seconds to import, so only training does it."""
    quiet_mlflow()
    from shiprisk.training import track

    return track
