"""A SQLite store is there whole or not at all."""

from pathlib import Path

import pytest
from mlflow import MlflowClient

from shiprisk.training import Registry, RegistryError
from shiprisk.training.store import experiment_id, made_ready


def test_a_new_store_takes_its_name_once_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / "mlflow.db"
    uri = f"sqlite:///{file}"
    made_ready(uri)
    assert [path.name for path in file.parent.iterdir()] == ["mlflow.db"]
    whole = file.read_bytes()
    made_ready(uri)
    assert file.read_bytes() == whole, "a store that is there is left alone"

    client = MlflowClient(uri, uri)
    first = experiment_id(client, "mine")
    assert experiment_id(client, "mine") == first
    beside = (file.parent / "mlruns").as_uri()
    assert client.get_experiment(first).artifact_location.startswith(beside)
    with pytest.raises(RegistryError, match="no model is registered"):
        Registry.at(uri)


def test_a_store_that_is_asked_for_and_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="does not exist"):
        Registry.at(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.iterdir()) == []
