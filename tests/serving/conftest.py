from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.postgresql import Server, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    made: dict[str, Callable[[], str]] = {
        "sqlite": lambda: f"sqlite:///{tmp_path / 'audit.db'}",
        "postgresql": lambda: request.getfixturevalue("server").new_database(),
    }
    return made[request.param]()
