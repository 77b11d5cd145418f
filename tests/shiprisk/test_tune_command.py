"""Settings files on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shiprisk.running import FAILED, Ran


@pytest.mark.parametrize("command", ["train", "tune"])
def test_a_faulty_settings_file_is_told_before_any_work(
    command: str, shiprisk: Callable[..., Ran], world: Path, tmp_path: Path
) -> None:
    if command == "tune":
        pytest.importorskip("optuna", reason="Optuna is an extra: pip install 'shiprisk[tuning]'")
    (tmp_path / "faulty.toml").write_text("leafs = 31\n", encoding="utf-8")
    refused = shiprisk(command, world, "--settings", tmp_path / "faulty.toml")
    assert refused.code == FAILED
    assert "leafs" in refused.said
    assert "it may hold learning_rate" in refused.said
    assert not (tmp_path / "mlflow.db").exists()
