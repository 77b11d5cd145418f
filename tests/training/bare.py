"""Registered versions without a model behind them: all that aliases and records look at."""

from mlflow import MlflowClient

from shiprisk.training import CHALLENGER, Registry
from shiprisk.training.changes import FIRST, Change, make


def with_versions(tracking_uri: str, count: int) -> None:
    """Register versions; the first becomes champion on record, the second the challenger."""
    client = MlflowClient(tracking_uri, tracking_uri)
    registry = Registry(client)
    for number in range(count):
        run = client.create_run("0")
        place = f"file:///nowhere/{number}"
        registry.add(place, run.info.run_id, None, {"model_version": f"m{number}"}, "bare")
    make(registry, Change(FIRST, "1", None, "test", "the first model"))
    registry.point(CHALLENGER, "2")
