"""Everything that someone would ask later about a training run, in MLflow."""

import hashlib
import importlib.metadata
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import mlflow
import pandas as pd
from mlflow.models import ModelSignature
from mlflow.models.model import ModelInfo
from mlflow.types import ColSpec, DataType, Schema

import shiprisk
from shiprisk.features import DECLARATIONS
from shiprisk.serving import SCHEMA, save_bundle

from . import plots
from .card import card_summary, model_card
from .evaluation import as_document, tracked_figures
from .train import Trained

EXPERIMENT = "shiprisk"
REGISTERED = "shiprisk"
CHAMPION, CHALLENGER = "champion", "challenger"

# What a scoring environment needs beside the code that is stored with the model.
_NEEDS = ("lightgbm", "numba", "numpy", "pandas", "pyarrow", "pycountry", "rapidfuzz")
_FOLDERS = ("features", "models", "serving")


@dataclass(frozen=True)
class Tracked:
    """Where a run went: its id, the registered version and the alias that it was given."""

    run_id: str
    version: str
    alias: str


def track(trained: Trained, tracking_uri: str, sources: list[str]) -> Tracked:
    """Store a training run and register its model; the first one becomes the champion."""
    mlflow.set_tracking_uri(tracking_uri)
    mlflow.set_experiment(experiment_id=_experiment(tracking_uri))
    name = f"model {trained.model.version}"
    with mlflow.start_run(run_name=name) as run, tempfile.TemporaryDirectory() as scratch:
        mlflow.log_params(_parameters(trained))
        _log_figures(trained)
        mlflow.set_tags({**_digests(trained), "sources": ", ".join(sources)[:5000]})
        mlflow.set_tag("mlflow.note.content", card_summary(trained))
        _log_documents(trained, Path(scratch) / "documents")
        version = _log_model(trained, Path(scratch))
    return Tracked(run.info.run_id, version, _given_alias(version))


def _parameters(trained: Trained) -> dict[str, object]:
    about = dict(trained.model.about)
    settings = about.pop("settings")
    scale = about.pop("calibration")
    lists = {f"list_{name}": version for name, version in about.pop("lists").items()}
    lost = ", ".join(trained.lost) or "none"
    named = {f"calibration_{name}": value for name, value in scale.items()}
    return {**settings, **about, **named, **lists, "signals_lost": lost[:5000]}


def _log_figures(trained: Trained) -> None:
    """The figures of the run, and those of each fold as steps of `fold.…`."""
    evaluation = trained.evaluation
    mlflow.log_metrics(tracked_figures(evaluation))
    for step, fold in enumerate(evaluation.folds):
        mlflow.log_metrics({f"fold.{name}": value for name, value in fold.items()}, step=step)
    mlflow.log_dict(as_document(evaluation), "evaluation.json")


def _digests(trained: Trained) -> dict[str, str]:
    """Digests of the data, so that a run can be tied to what it saw."""
    tables = {
        "declarations": trained.past.declarations,
        "inspected": trained.past.inspected,
        "traders": trained.past.traders,
        "trade_statistics": trained.past.trade_statistics,
        "listed_parties": trained.past.listed_parties,
    }
    found = {"model_version": trained.model.version, "shiprisk_version": shiprisk.__version__}
    for name, table in tables.items():
        if table is not None:
            rows = pd.util.hash_pandas_object(table, index=False).to_numpy()
            found[f"digest_{name}"] = hashlib.sha256(rows.tobytes()).hexdigest()[:16]
    return found


def _log_documents(trained: Trained, directory: Path) -> None:
    directory.mkdir()
    (directory / "card.md").write_text(model_card(trained), encoding="utf-8")
    plots.precision_at_capacity(trained.evaluation, directory / "precision_at_capacity.png")
    plots.reliability(trained.evaluation, directory / "reliability.png")
    plots.contributions(trained.model, trained.evaluation, directory / "contributions.png")
    mlflow.log_artifacts(str(directory))


def _log_model(trained: Trained, scratch: Path) -> str:
    bundle = scratch / "bundle"
    save_bundle(trained.model, trained.history, bundle)
    code = _staged_code(scratch / "shiprisk")
    info = mlflow.pyfunc.log_model(
        name="model",
        python_model=str(code / "serving" / "pyfunc_model.py"),
        artifacts={"bundle": str(bundle)},
        code_paths=[str(code)],
        pip_requirements=[f"{name}=={importlib.metadata.version(name)}" for name in _NEEDS],
        signature=_signature(),
        input_example=_example(trained),
    )
    return _registered(info, trained)


def _registered(info: ModelInfo, trained: Trained) -> str:
    client = mlflow.MlflowClient()
    if not client.search_registered_models(f"name = '{REGISTERED}'"):
        client.create_registered_model(REGISTERED, description="Risk of shipments, with reasons")
    made = client.create_model_version(
        REGISTERED,
        info.model_uri,
        info.run_id,
        tags={"model_version": trained.model.version},
        description=card_summary(trained),
        model_id=info.model_id,
    )
    return str(made.version)


def _example(trained: Trained) -> pd.DataFrame:
    """Two declarations as a caller would give them."""
    return trained.past.declarations.head(2)


def _experiment(tracking_uri: str) -> str:
    """The id of our experiment; with a SQLite file, artifacts go beside it and not elsewhere."""
    if found := mlflow.get_experiment_by_name(EXPERIMENT):
        return str(found.experiment_id)
    local = tracking_uri.removeprefix("sqlite:///")
    beside = None if local == tracking_uri else Path(local).resolve().parent / "mlruns"
    return str(mlflow.create_experiment(EXPERIMENT, beside.as_uri() if beside else None))


def _staged_code(target: Path) -> Path:
    """A copy of the package as it is when installed, which MLflow stores beside the model."""
    package = Path(shiprisk.__file__).parent
    beside = package if (package / "features").is_dir() else package.parent
    leave = shutil.ignore_patterns("__pycache__", "*.pyi")
    target.mkdir()
    shutil.copy(package / "__init__.py", target)
    for folder in _FOLDERS:
        shutil.copytree(beside / folder, target / folder, ignore=leave)
    return target


def _given_alias(version: str) -> str:
    client = mlflow.MlflowClient()
    aliases = client.get_registered_model(REGISTERED).aliases
    alias = CHALLENGER if CHAMPION in aliases else CHAMPION
    client.set_registered_model_alias(REGISTERED, alias, version)
    return alias


_TYPES = {
    "position": DataType.long,
    "quantity": DataType.double,
    "count": DataType.double,
    "date": DataType.datetime,
    "past date": DataType.datetime,
}


# Lists come as JSON text: the one form that every engine carries.
_ANSWER_TYPES = {"int64": DataType.long, "double": DataType.double}


def _signature() -> ModelSignature:
    columns = [
        ColSpec(_TYPES.get(column.kind, DataType.string), column.name, required=column.required)
        for column in DECLARATIONS.every_column
    ]
    answer = [
        ColSpec(_ANSWER_TYPES.get(str(field.type), DataType.string), field.name) for field in SCHEMA
    ]
    return ModelSignature(Schema(columns), Schema(answer))
