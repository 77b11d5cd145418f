"""From records to a tracked model. `training.tracking` is apart: MLflow takes seconds to import."""

from .card import metrics_table, model_card
from .settings import Settings, TrainingError
from .train import Trained, train
from .world import simulate

__all__ = [
    "Settings",
    "Trained",
    "TrainingError",
    "metrics_table",
    "model_card",
    "simulate",
    "train",
]
