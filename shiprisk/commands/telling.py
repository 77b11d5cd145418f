"""What a command tells while it works, and when it cannot go on."""

import functools
import logging
import os
import warnings
from collections.abc import Callable
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from shiprisk.features import HistoryError, MappingError, ReadError, SchemaError
from shiprisk.models import ModelError
from shiprisk.serving import OtherRun, RejectedRecord, SelectionError, UnsafeService
from shiprisk.training import ComparisonError, RegistryError, ScenarioError, TrainingError

from .. import printing
from ..defaults import Exit
from ..printing import console
from .on_spark import SparkError

_EXPECTED = (
    ComparisonError, HistoryError, MappingError, ModelError, OtherRun, ReadError, RegistryError,
    RejectedRecord, ScenarioError, SchemaError, SelectionError, TrainingError, UnsafeService,
    SparkError, OSError,
)  # fmt: skip


def clearly(command: Callable[..., Exit]) -> Callable[..., Exit]:
    """Errors that a user can mend are one line, not a traceback."""

    @functools.wraps(command)
    def told(*arguments: Any, **named: Any) -> Exit:
        try:
            return command(*arguments, **named)
        except _EXPECTED as error:
            printing.stopped(error)
            return Exit.FAILED

    return told


def telling(update: Callable[[str], None]) -> Callable[[str], None]:
    """Tell steps: each stays on the screen, and the status line shows the last."""

    def tell(step: str) -> None:
        console.print(f"[dim]{step}[/]")
        update(step)

    return tell


def quiet_mlflow() -> None:
    """Leave out what MLflow chatters while it works."""
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    import mlflow  # noqa: F401  (it sets its own level when it is imported)

    logging.getLogger("mlflow").setLevel(logging.WARNING)
    warnings.filterwarnings("ignore", ".*input example was not provided")


def progress_bar() -> Progress:
    """A bar that is gone once the work is done."""
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=console, transient=True,
    )  # fmt: skip
