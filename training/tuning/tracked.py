"""Trials as nested runs of MLflow, under one run for the study."""

from collections.abc import Callable
from typing import Any

import mlflow
from mlflow.entities import RunStatus

from ..settings import Settings
from .objective import Worth
from .space import tuned

_STUDY = "shiprisk.study"
Attempt = Callable[[Settings, int], tuple[float, dict[str, Any]]]


def parent_run(experiment: str, study: str) -> str:
    """The run of a study, begun or found again; runs of trials that were cut short are ended."""
    client = mlflow.MlflowClient()
    ours = client.search_runs([experiment], f"tags.`{_STUDY}` = '{study}'")
    for run in ours:
        is_trial = "mlflow.parentRunId" in run.data.tags
        if is_trial and run.info.status == RunStatus.to_string(RunStatus.RUNNING):
            client.set_terminated(run.info.run_id, RunStatus.to_string(RunStatus.KILLED))
    found = [run.info.run_id for run in ours if "mlflow.parentRunId" not in run.data.tags]
    if found:
        return str(found[0])
    made = client.create_run(experiment, tags={_STUDY: study}, run_name=f"tuning {study}")
    return str(made.info.run_id)


def tracked(attempt: Callable[[Settings], Worth], price: float, study: str) -> Attempt:
    """An attempt that is logged as a nested run of the active one."""

    def logged(settings: Settings, number: int) -> tuple[float, dict[str, Any]]:
        with mlflow.start_run(run_name=f"trial {number}", nested=True, tags={_STUDY: study}):
            mlflow.log_params(tuned(settings))
            found = attempt(settings)
            figures = {
                "average_precision": found.precision, "spread_over_folds": found.spread,
                "trees": found.trees, "explaining_cost": found.cost,
            }  # fmt: skip
            mlflow.log_metrics({**figures, "objective": found.objective(price)})
        return found.objective(price), figures

    return logged
