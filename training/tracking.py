"""Everything that someone would ask later about a training run, in MLflow."""

import importlib.metadata
import tempfile
from dataclasses import dataclass, replace
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
from .changes import FIRST, Change, account, make
from .code import staged
from .drift.picture import draw_inputs
from .evaluation import as_document, tracked_figures
from .logged import digest, digest_of_matrix, log_curves, log_datasets, log_environment, periods_of
from .registry import CHALLENGER, CHAMPION, Registry
from .store import experiment_id, made_ready
from .train import Trained

EXPERIMENT = "shiprisk"

# What a scoring environment needs beside the code that is stored with the model.
_NEEDS = ("lightgbm", "numba", "numpy", "orjson", "pandas", "pyarrow", "pycountry", "rapidfuzz")


@dataclass(frozen=True)
class Tracked:
    """Where a run went: its id, the registered version and the alias that it was given."""

    run_id: str
    version: str
    alias: str


def track(trained: Trained, tracking_uri: str, sources: list[str]) -> Tracked:
    """Store a training run and register its model; the first one becomes the champion.

    The model is registered once it is stored whole, and then gets its alias: a run that is killed
    before leaves the registry as it was.
    """
    made_ready(tracking_uri)
    mlflow.set_tracking_uri(tracking_uri)
    registry = Registry(mlflow.MlflowClient(tracking_uri, tracking_uri))
    mlflow.set_experiment(experiment_id=experiment_id(registry.client, EXPERIMENT))
    name = f"model {trained.model.version}"
    with mlflow.start_run(run_name=name) as run, tempfile.TemporaryDirectory() as scratch:
        mlflow.log_params(_parameters(trained))
        _log_figures(trained)
        mlflow.set_tags({**_digests(trained), "sources": ", ".join(sources)[:5000]})
        mlflow.set_tag("mlflow.note.content", card_summary(trained))
        log_datasets(trained, sources)
        log_curves(trained.curves)
        log_environment()
        _log_documents(trained, Path(scratch) / "documents")
        info = _log_model(trained, Path(scratch))
        version = registry.add(
            info.model_uri,
            info.run_id,
            info.model_id,
            {"model_version": trained.model.version},
            card_summary(trained),
        )
    return Tracked(run.info.run_id, version, _given_alias(registry, version))


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
    found = {"model_version": trained.model.version, "shiprisk_version": shiprisk.__version__}
    for name, table in trained.past.tables().items():
        found[f"digest_{name}"] = digest(table)
    return found | {"digest_signals": digest_of_matrix(trained.examples.matrix)}


def _log_documents(trained: Trained, directory: Path) -> None:
    directory.mkdir()
    (directory / "card.md").write_text(model_card(trained), encoding="utf-8")
    plots.precision_at_capacity(trained.evaluation, directory / "precision_at_capacity.png")
    plots.reliability(trained.evaluation, directory / "reliability.png")
    plots.gain_by_family(trained.model, directory / "gain_by_family.png")
    training, *_, last = periods_of(trained).values()
    inputs, moved = trained.examples.matrix, directory / "inputs_moved.png"
    draw_inputs(trained.model, inputs[training], inputs[last], moved)
    plots.contributions(trained.model, trained.evaluation, directory / "contributions.png")
    mlflow.log_artifacts(str(directory))


def _log_model(trained: Trained, scratch: Path) -> ModelInfo:
    bundle = scratch / "bundle"
    save_bundle(replace(trained.model, card=model_card(trained)), trained.history, bundle)
    code = staged(scratch / "shiprisk")
    return mlflow.pyfunc.log_model(
        name="model",
        python_model=str(code / "serving" / "pyfunc_model.py"),
        artifacts={"bundle": str(bundle)},
        code_paths=[str(code)],
        pip_requirements=[f"{name}=={importlib.metadata.version(name)}" for name in _NEEDS],
        signature=_signature(),
        input_example=_example(trained),
    )


def _example(trained: Trained) -> pd.DataFrame | None:
    """Two declarations as a caller would give them; none where training saw only their signals."""
    declarations = trained.past.declarations
    needed = [column.name for column in DECLARATIONS.every_column if column.required]
    return declarations.head(2) if set(needed) <= set(declarations) else None


def _given_alias(registry: Registry, version: str) -> str:
    """The first model becomes champion, which goes on record like any change; others challenge."""
    if registry.holder(CHAMPION) is not None:
        registry.point(CHALLENGER, version)
        return CHALLENGER
    make(registry, Change(FIRST, version, None, account(), "the first model of this store"))
    return CHAMPION


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
