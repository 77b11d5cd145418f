"""A model and the history that travels with it, as one plain directory."""

from pathlib import Path

from shiprisk.features import NODES, History, load_history, save_history
from shiprisk.models import ModelError, RiskModel

HISTORY = "history"


def save_bundle(model: RiskModel, history: History | None, directory: Path) -> None:
    """Write a model with its history; without one, whoever scores names a history."""
    model.save(directory)
    if history is not None:
        save_history(history, directory / HISTORY)


def load_bundle(
    location: str | Path, history: Path | None = None, tracking_uri: str | None = None
) -> tuple[RiskModel, History]:
    """The model at a directory or a `models:/` or `runs:/` address, and its history or another.

    tracking_uri: the MLflow store of an address, MLflow's own setting by default. ModelError or
    HistoryError where either cannot be used here.
    """
    directory = directory_of(str(location), tracking_uri)
    return RiskModel.load(directory), load_history(history or directory / HISTORY, NODES)


def directory_of(location: str, tracking_uri: str | None = None) -> Path:
    """The directory of a model at a place, from MLflow where that is an address."""
    if location.startswith(("models:/", "runs:/")):
        return downloaded(location, tracking_uri)[1]
    directory = Path(location)
    if not directory.is_dir():
        raise ModelError(
            f"{location} is no directory of a model; give one, or an address such as "
            "models:/shiprisk@champion"
        )
    return directory


def resolved(location: str, tracking_uri: str | None = None) -> str:
    """The version that an alias of the registry points to now; any other place as it is.

    ModelError where the store does not answer or knows no such alias.
    """
    name, at, alias = location.removeprefix("models:/").partition("@")
    if not location.startswith("models:/") or not at:
        return location
    import mlflow

    store = _existing(tracking_uri or mlflow.get_tracking_uri(), location)
    try:
        found = mlflow.MlflowClient(store, store).get_model_version_by_alias(name, alias)
    except (mlflow.exceptions.MlflowException, OSError) as error:
        raise ModelError(f"no model at {location} in the store {store}: {error}") from error
    return f"models:/{name}/{found.version}"


def downloaded(
    address: str, tracking_uri: str | None = None, into: Path | None = None
) -> tuple[Path, Path]:
    """Where MLflow's directory of a stored model is now, and that of its plain files within it.

    into: where to copy it; by default it stays where it is, if that is on this machine.
    """
    import mlflow  # takes seconds, and only addresses need it

    store = _existing(tracking_uri or mlflow.get_tracking_uri(), address)
    before = mlflow.get_tracking_uri()
    mlflow.set_tracking_uri(store)  # the registry is found by this setting alone
    try:
        stored = Path(mlflow.artifacts.download_artifacts(artifact_uri=address, dst_path=into))
    except (mlflow.exceptions.MlflowException, OSError) as error:
        raise ModelError(f"no model at {address} in the store {store}: {error}") from error
    finally:
        mlflow.set_tracking_uri(before)
    found = next(stored.rglob("booster.txt"), None)
    if found is None:
        raise ModelError(f"{address} is not a model of shiprisk: it holds no booster.txt")
    return stored, found.parent


def _existing(store: str, address: str) -> str:
    file = store.removeprefix("sqlite:///")
    if file != store and not Path(file).is_file():  # MLflow would make an empty one
        raise ModelError(f"no model at {address}: the store {store} does not exist; train first")
    return store
