"""From records to a registered model."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from shiprisk.features import NODES, load_history, with_inspections
from shiprisk.training import (
    Settings,
    Trained,
    TrainingError,
    on_cluster,
    read_signals,
    train,
    train_on,
    with_file,
    write_settings,
)

from .. import printing
from ..defaults import Exit
from ..printing import console
from .desk import desk_inspections
from .source import Input
from .telling import clearly, quiet_mlflow, telling


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
        _track(trained, tracking_uri, [str(path) for path in source.sources], status.update)
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


@clearly
def train_on_signals(
    table: Path,
    settings: Settings,
    tracking_uri: str,
    settings_file: Path | None,
    history: Path | None,
    part: float,
    scheduler: str | None,
) -> Exit:
    """The same from a table of signals.

    history: what travels with the model. part: the share of the table that is read here.
    scheduler: address of a Dask scheduler that fits the model on all of it.
    """
    if settings_file is not None:
        settings = with_file(settings, settings_file)
    kept = load_history(history, NODES) if history else None
    with console.status("reading signals") as status:
        tell = telling(status.update)
        evidence = read_signals(table, settings, part, kept)
        if scheduler is None:
            trained = train_on(evidence, settings, tell)
        else:
            with on_cluster(scheduler, table, settings) as last_fit:
                evidence = replace(evidence, fitted_elsewhere=last_fit.rows)
                trained = train_on(evidence, settings, tell, last_fit=last_fit)
        _track(trained, tracking_uri, [str(table)], status.update)
    for caution in evidence.cautions:
        console.print(f"[yellow]{caution}[/]")
    return Exit.WELL


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


def _track(
    trained: Trained, tracking_uri: str, sources: list[str], tell: Callable[[str], None]
) -> None:
    """Store a run and tell what it gave; MLflow takes seconds to import, so only this does it."""
    tell("storing the run in MLflow")
    quiet_mlflow()
    from shiprisk.training import track

    tracked = track(trained, tracking_uri, sources)
    printing.training(trained, tracked.version, tracked.alias, tracking_uri)
