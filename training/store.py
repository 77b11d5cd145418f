"""The MLflow store that runs and models go to: a SQLite file or a tracking server."""

import os
from pathlib import Path

import mlflow
from mlflow import MlflowClient
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

from .errors import RegistryError

_SQLITE = "sqlite:///"


def made_ready(tracking_uri: str) -> None:
    """Make the SQLite file of a store where there is none yet; a server's store is its own matter.

    MLflow sets up a new file in some hundred steps, and a process killed between two of them can
    leave a file that MLflow refuses from then on. So it is set up under another name, and takes its
    own in one step.
    """
    file = sqlite_file(tracking_uri)
    if file is None or file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    SqlAlchemyStore(f"{_SQLITE}{unfinished}", _beside(file)).engine.dispose()
    try:
        os.link(unfinished, file)
    except FileExistsError:  # another process was quicker
        pass
    finally:
        unfinished.unlink()


def existing(tracking_uri: str) -> str:
    """The same address; RegistryError for a SQLite file that does not exist."""
    file = sqlite_file(tracking_uri)
    if file is not None and not file.is_file():  # MLflow would make an empty one
        raise RegistryError(f"the store {tracking_uri} does not exist; train a model first")
    return tracking_uri


def experiment_id(client: MlflowClient, name: str) -> str:
    """The id of an experiment; with a SQLite file, artifacts go beside it and not elsewhere."""
    if found := client.get_experiment_by_name(name):
        return str(found.experiment_id)
    file = sqlite_file(client.tracking_uri)
    try:
        return str(client.create_experiment(name, _beside(file) if file else None))
    except mlflow.exceptions.MlflowException:
        if found := client.get_experiment_by_name(name):  # another process was quicker
            return str(found.experiment_id)
        raise


def sqlite_file(tracking_uri: str) -> Path | None:
    """The file of a SQLite store, None for a server."""
    file = tracking_uri.removeprefix(_SQLITE)
    return None if file == tracking_uri else Path(file).resolve()


def _beside(file: Path) -> str:
    return (file.parent / "mlruns").as_uri()
