"""What the commands do; each returns the exit code of the process."""

import functools
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from shiprisk.features import (
    NODES,
    History,
    HistoryError,
    Mapping,
    MappingError,
    ReadError,
    Records,
    SchemaError,
    load_history,
    read_records,
    save_history,
)
from shiprisk.models import ModelError
from shiprisk.serving import KINDS, Safety, Scorer, UnsafeService, load_bundle, write_scores
from shiprisk.training import Past, Scenario, ScenarioError, Settings, Trained, TrainingError, train
from shiprisk.training import simulate as simulate_world

from . import printing
from .defaults import Exit
from .printing import console

if TYPE_CHECKING:
    from shiprisk.training import Tracked

_EXPECTED = (
    HistoryError, MappingError, ModelError, ReadError, ScenarioError, SchemaError, TrainingError,
    UnsafeService, OSError,
)  # fmt: skip


@dataclass(frozen=True)
class Input:
    """Records to read: files or a directory, their layout, where rejected ones go, and a list."""

    sources: list[Path]
    mapping: Path | None = None
    encoding: str = "utf-8"
    rejected: Path | None = None
    listed: Path | None = None

    def read(self) -> Records:
        """The records, with those rejected written down and summed up on the screen."""
        mapping = Mapping.load(self.mapping) if self.mapping else None
        one = len(self.sources) == 1  # a directory, or the only file
        sources = self.sources[0] if one else self.sources
        records = read_records(sources, mapping, self.encoding, listed=self.listed)
        if records.rejected_rows:
            written = self.rejected
            if written is not None:
                written.parent.mkdir(parents=True, exist_ok=True)
                records.write_rejected(written)
            printing.rejections(records, written)
        return records


def _clearly(command: Callable[..., Exit]) -> Callable[..., Exit]:
    """Errors that a user can mend are one line, not a traceback."""

    @functools.wraps(command)
    def told(*arguments: Any, **named: Any) -> Exit:
        try:
            return command(*arguments, **named)
        except _EXPECTED as error:
            printing.stopped(error)
            return Exit.FAILED

    return told


@dataclass(frozen=True)
class World:
    """A world to simulate."""

    scenario: str
    declarations: int
    seed: int
    workers: int = 1

    def simulate(self, directory: Path) -> Scenario:
        """Write its tables, with a bar of the months; returns its scenario."""
        scenario = Scenario.load(self.scenario)
        with _progress() as progress:
            task = progress.add_task(f"simulating {scenario.name}", total=self.declarations)
            simulate_world(
                directory, self.declarations, self.seed, scenario, self.workers,
                progress=lambda done, of: progress.update(task, completed=done),
            )  # fmt: skip
        return scenario


@_clearly
def simulate_records(directory: Path, world: World) -> Exit:
    """Write simulated tables into a directory."""
    scenario = world.simulate(directory)
    console.print(
        f"{world.declarations:,} simulated declarations of {scenario.first} to {scenario.last} "
        f"are in [bold]{directory}[/]"
    )
    return Exit.WELL


@_clearly
def train_model(source: Input, settings: Settings, tracking_uri: str) -> Exit:
    """Train, measure, track and register a model."""
    with console.status("reading records") as status:
        records = source.read()
        trained = train(records, settings, _telling(status.update))
        status.update("storing the run in MLflow")
        track = _tracking()
        tracked = track(trained, tracking_uri, [str(path) for path in source.sources])
    printing.training(trained, tracked.version, tracked.alias, tracking_uri)
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


@_clearly
def score_records(
    source: Input,
    out: Path,
    model: str,
    history: Path | None,
    tracking_uri: str,
    day: date | None,
    reasons: int | None,
    show: int,
) -> Exit:
    """Score records into a file; of a file with several days, earlier days count as history."""
    if out.suffix not in KINDS:
        raise ReadError(f"{out}: scores are written as one of {', '.join(KINDS)}")
    records = source.read()
    scorer = Scorer.load(model, history, tracking_uri).knowing(records.listed_parties)
    declarations = records.declarations
    wanted = None if day is None else (declarations["declared_on"].dt.date == day).to_numpy()
    with _progress() as progress:
        task = progress.add_task("scoring")
        scores = scorer.score_validated(
            declarations,
            reasons,
            only=wanted,
            progress=lambda done, of: progress.update(task, completed=done, total=of),
        )
    write_scores(scores, out)
    printing.scores(scores, out, scorer)
    printing.riskiest(scores, declarations, show)
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


@_clearly
def write_history(source: Input, out: Path, add_to: str | None, tracking_uri: str) -> Exit:
    """Write the history that records make, by themselves or added to an earlier one."""
    records = source.read()
    earlier = _history_at(add_to, tracking_uri) if add_to else None
    past = Past.with_or_without_outcomes(records)
    made = past.history(earlier)
    save_history(made, out)
    console.print(
        f"{len(past.declarations):,} declarations and {len(past.inspected):,} outcomes "
        f"{'added' if add_to else 'remembered'}, through {made.through}, in [bold]{out}[/]"
    )
    return Exit.SOME_REJECTED if records.rejected_rows else Exit.WELL


@_clearly
def compare_selectors(world: World, records: Path | None, out: Path, months: int) -> Exit:
    """Run every selector over the last months of a world and write the page."""
    from shiprisk.training import benchmark, write_report

    with TemporaryDirectory() as scratch:
        directory = records or Path(scratch)
        scenario = world.simulate(directory)
        with console.status("reading records") as status:
            outcome = benchmark(
                read_records(directory),
                pd.read_parquet(directory / "truth.parquet"),
                months,
                shocks=scenario.events(),
                tell=_telling(status.update),
            )
    command = f"shiprisk benchmark {world.scenario} --declarations {world.declarations}"
    command += f" --seed {world.seed} --months {months} --out {out}"
    write_report(outcome, out, command, f"{scenario.name}: {scenario.says}")
    printing.selectors(outcome.figures, out)
    return Exit.WELL


@_clearly
def serve_scores(model: str, tracking_uri: str, host: str, port: int) -> Exit:
    """Answer scoring requests over HTTP until stopped."""
    import uvicorn

    from shiprisk.serving import application

    app = application(Scorer.load(model, None, tracking_uri), Safety.from_environment(host))
    console.print(f"answering on http://{host}:{port} (described at /openapi.json)")
    uvicorn.run(app, host=host, port=port, log_level="warning")
    return Exit.WELL


def _history_at(place: str, tracking_uri: str) -> History:
    """The history in a directory, or the one that travels with a model."""
    if (Path(place) / "history.json").is_file():
        return load_history(Path(place), NODES)
    return load_bundle(place, tracking_uri=tracking_uri)[1]


def _tracking() -> Callable[[Trained, str, list[str]], "Tracked"]:
    """MLflow takes seconds to import, so only training does it; its chatter is left out."""
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    from shiprisk.training import track

    logging.getLogger("mlflow").setLevel(logging.WARNING)
    return track


def _telling(update: Callable[[str], None]) -> Callable[[str], None]:
    def tell(step: str) -> None:
        console.print(f"[dim]{step}[/]")
        update(step)

    return tell


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=console, transient=True,
    )  # fmt: skip
