"""What a run of MLflow is told beside figures: data, curves of learning, environment."""

import hashlib
import importlib.metadata
import platform
import warnings
from collections.abc import Mapping
from time import time_ns

import mlflow
import numpy as np
import pandas as pd
from mlflow.data.code_dataset_source import CodeDatasetSource
from mlflow.data.pandas_dataset import from_pandas
from mlflow.entities import Metric

import shiprisk

from .together import Curves
from .train import Trained

# MLflow takes so many metrics at once.
_AT_ONCE = 1000
_LIBRARIES = (
    "lightgbm", "mlflow", "numba", "numpy", "pandas", "pyarrow", "scikit-learn", "scipy", "shap",
)  # fmt: skip


def digest(table: pd.DataFrame) -> str:
    """Sixteen characters that tell the rows of a table from any others."""
    rows = pd.util.hash_pandas_object(table, index=False).to_numpy()
    return hashlib.sha256(rows.tobytes()).hexdigest()[:16]


def digest_of_matrix(matrix: np.ndarray) -> str:
    """Sixteen characters that tell the numbers of a matrix from any others."""
    return hashlib.sha256(np.ascontiguousarray(matrix).data).hexdigest()[:16]


def periods_of(trained: Trained) -> Mapping[str, np.ndarray]:
    """The labelled records of each period of a training, as masks."""
    periods, inspected = trained.periods, trained.past.inspected
    rows = {"training": periods.fit(inspected), "choices": periods.choose(inspected)}
    return rows if periods.test_from is None else rows | {"test": periods.test(inspected)}


def log_datasets(trained: Trained, sources: list[str]) -> None:
    """Log the labelled records of each period as a dataset with its digest."""
    # Several files may make up the records, so none of them alone is the source.
    source = CodeDatasetSource({"records": ", ".join(sources)[:500]})
    for name, rows in periods_of(trained).items():
        part = trained.past.inspected[rows]
        with warnings.catch_warnings():  # these whole numbers have no gaps
            warnings.filterwarnings("ignore", "Hint: Inferred schema contains integer")
            data = from_pandas(
                part, source, targets="violation", name=f"{name} outcomes", digest=digest(part)
            )
            mlflow.log_input(data, context=name)  # works out the schema


def log_curves(curves: Curves) -> None:
    """Log each metric after each tree."""
    now = time_ns() // 1_000_000
    metrics = [
        Metric(f"learning.{rows}.{name}", value, now, step)
        for rows, of in curves.items()
        for name, values in of.items()
        for step, value in enumerate(values, start=1)
    ]
    run, client = mlflow.active_run().info.run_id, mlflow.MlflowClient()
    for start in range(0, len(metrics), _AT_ONCE):
        client.log_batch(run, metrics[start : start + _AT_ONCE])


def log_environment() -> None:
    """Log versions of Python, of the machine's system and of the libraries that shape a model."""
    versions = {name: importlib.metadata.version(name) for name in _LIBRARIES}
    told = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "shiprisk": shiprisk.__version__,
        "libraries": versions,
    }
    mlflow.log_dict(told, "environment.json")
    tagged = {"python_version": told["python"], "lightgbm_version": versions["lightgbm"]}
    mlflow.set_tags(tagged)
