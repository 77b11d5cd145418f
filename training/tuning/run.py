"""Settings tuned on what lies before the test period."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import mlflow
import numpy as np

from shiprisk.features import Records

from ..examples import Examples, Past
from ..fit import signals_for
from ..logged import digest
from ..periods import Periods
from ..settings import Settings
from ..store import experiment_id, made_ready, sqlite_file
from ..tracking import EXPERIMENT
from .folds import tuning_folds
from .objective import worth
from .space import tuned
from .study import Best, Limits, opened, searched
from .tracked import parent_run, tracked

# What a unit of the cost of explaining takes off the average precision: the 86 trees of 15 leaves
# and depth 4 of the demo pay 0.005.
PRICE = 1e-6


def tune(
    records: Records,
    settings: Settings,
    tracking_uri: str,
    limits: Limits,
    price: float = PRICE,
    tell: Callable[[str], None] = lambda _: None,
) -> Best:
    """Search settings that rank later records best for what explaining them costs.

    The study is kept in `tuning.db` beside a SQLite store of MLflow, else in this directory, by
    the digest of the labelled records: the same records take up the same study.
    """
    past = Past.of(records)
    if settings.as_of is not None:
        past = past.before(np.datetime64(settings.as_of, "D"))
    periods = Periods.of(past.inspected, settings)
    signals = signals_for(settings)
    names = tuple(signal.name for signal in signals)
    tell(f"signals of {len(past.inspected):,} inspected shipments")
    examples = Examples.of(past.inspected, past.history(), names)
    folds = tuning_folds(past, examples, periods, names)
    tell(f"{len(folds)} folds between {periods.choose_from} and {periods.choose_until}")
    name = f"{digest(past.inspected)} {periods.choose_from} {periods.choose_until}"
    study = opened(study_file(tracking_uri), name, settings)
    if before := sum(trial.state.is_finished() for trial in study.trials):
        tell(f"the study {name} goes on: {before} trials before")
    made_ready(tracking_uri)
    mlflow.set_tracking_uri(tracking_uri)
    experiment = experiment_id(mlflow.MlflowClient(tracking_uri, tracking_uri), EXPERIMENT)
    mlflow.set_experiment(experiment_id=experiment)
    with mlflow.start_run(run_id=parent_run(experiment, name)):
        attempt = tracked(partial(worth, folds, signals), price, name)
        best = searched(study, attempt, settings, limits, tell)
        mlflow.log_metrics({"best_objective": best.objective, "trials": best.trials})
        mlflow.log_dict(tuned(best.settings), "best.json")
    return best


def study_file(tracking_uri: str) -> Path:
    """Where the study of a store is kept."""
    file = sqlite_file(tracking_uri)
    return Path("tuning.db") if file is None else file.with_name("tuning.db")
