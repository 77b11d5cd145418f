"""The code that travels with a model."""

from pathlib import Path

import shiprisk
from shiprisk.training.code import importable, staged


def test_a_copy_that_is_the_same_is_imported_from_here_and_any_other_from_where_it_is(
    tmp_path: Path,
) -> None:
    copy = staged(tmp_path / "shiprisk")
    here = Path(shiprisk.__file__).parents[1]
    assert importable(tmp_path) == here
    (copy / "serving" / "__pycache__").mkdir()
    (copy / "serving" / "__pycache__" / "scorer.pyc").write_bytes(b"")
    assert importable(tmp_path) == here, "what Python leaves behind is no difference"
    signals = copy / "features" / "signals" / "firm.py"
    signals.write_text(signals.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert importable(tmp_path) == tmp_path


def test_a_file_more_or_less_is_another_package(tmp_path: Path) -> None:
    here = Path(shiprisk.__file__).parents[1]
    (tmp_path / "more").mkdir()
    (tmp_path / "less").mkdir()
    (staged(tmp_path / "more" / "shiprisk") / "models" / "new.py").write_text("")
    (staged(tmp_path / "less" / "shiprisk") / "features" / "lists" / "hubs.csv").unlink()
    assert here not in (importable(tmp_path / "more"), importable(tmp_path / "less"))
