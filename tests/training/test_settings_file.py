"""Settings of the trees in a TOML file."""

from dataclasses import replace
from pathlib import Path

import pytest

from shiprisk.training import Settings, TrainingError, with_file, write_settings


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    other = replace(Settings(), leaves=7, depth=3, learning_rate=0.0123456789, patience=9)
    write_settings(other, tmp_path / "best.toml", ["found by a search"])
    assert with_file(Settings(), tmp_path / "best.toml") == other
    assert (tmp_path / "best.toml").read_text(encoding="utf-8").startswith("# found by a search\n")


def test_what_a_file_leaves_out_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "few.toml").write_text("leaves = 31\n", encoding="utf-8")
    given = Settings(seed=3, depth=5)
    assert with_file(given, tmp_path / "few.toml") == replace(given, leaves=31)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("leafs = 31", "leafs: Extra inputs are not permitted"),
        ("leaves = 1", "leaves: Input should be greater than or equal to 2"),
        ("leaves = 'many'", "leaves: Input should be a valid integer"),
        ("learning_rate = 2.0\ndepth = 0", "learning_rate: .*; depth: "),
        ("red = 0.05", "it may hold learning_rate, leaves, depth"),
        ("leaves = ", "is no TOML file"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_every_fault(
    text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "faulty.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TrainingError, match=said) as refused:
        with_file(Settings(), tmp_path / "faulty.toml")
    assert "faulty.toml" in str(refused.value)
