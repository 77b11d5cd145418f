"""A store in which only the registry matters, made once and copied for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mlflow import MlflowClient

from shiprisk.training import Registry
from tests.training.bare import with_versions


@pytest.fixture(scope="session")
def three_versions(empty_store: Path) -> Path:
    """The same with three versions: the first is champion, the second the challenger."""
    file = empty_store.with_name("three.db")
    shutil.copy(empty_store, file)
    with_versions(f"sqlite:///{file}", 3)
    return file


@pytest.fixture
def copied(three_versions: Path, tmp_path: Path) -> Callable[[], str]:
    """Makes another store with these versions; its address."""
    stores = iter(range(1000))

    def copy() -> str:
        file = tmp_path / f"{next(stores)}.db"
        shutil.copy(three_versions, file)
        return f"sqlite:///{file}"

    return copy


@pytest.fixture
def registry(copied: Callable[[], str]) -> Registry:
    return Registry.at(copied())


@pytest.fixture
def client(registry: Registry) -> MlflowClient:
    return registry.client
