from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shiprisk.cli import app
from tests.shiprisk.running import Ran


@pytest.fixture
def shiprisk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs a command in this process, from an empty directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path / 'mlflow.db'}")

    def run(*words: object) -> Ran:
        done = CliRunner().invoke(app, [str(word) for word in words])
        # Anything but an exit is an error that the user would see as a traceback.
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Ran(done.exit_code, " ".join(done.output.split()))

    return run
