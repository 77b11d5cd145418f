"""simulate and benchmark as their users run them."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from shiprisk.cli import app
from shiprisk.training.replay import STRATEGIES
from tests.conftest import SMALL_WORLD

FAILED = 1


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, " ".join(done.output.split())


def test_a_scenario_is_simulated_by_name(tmp_path: Path) -> None:
    code, said = run("simulate", tmp_path, "--scenario", "quiet", "--declarations", 800)
    assert code == 0
    assert "800 simulated declarations of 2024-03-01 to 2026-02-28" in said
    assert len(pd.read_parquet(tmp_path / "declarations.parquet")) == 800
    about = json.loads((tmp_path / "world.json").read_text(encoding="utf-8"))
    assert about["scenario"]["name"] == "quiet"


@pytest.mark.parametrize("command", ["simulate", "benchmark"])
def test_an_unknown_scenario_is_one_clear_line(tmp_path: Path, command: str) -> None:
    words = ("simulate", tmp_path, "--scenario") if command == "simulate" else ("benchmark",)
    code, said = run(*words, "defualt")
    assert code == FAILED
    assert "defualt: neither a scenario (default, corrupt_post, ghost" in said


def test_a_fault_in_a_scenario_file_is_one_clear_line(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('based_on = "default"\nevasion = 3\n', encoding="utf-8")
    code, said = run("simulate", tmp_path / "out", "--scenario", mine)
    assert code == FAILED
    assert "mine.toml: evasion: Input should be less than or equal to 0.1 (it is 3)" in said
    assert not (tmp_path / "out").exists()


def test_one_command_makes_the_page_and_keeps_the_records(tmp_path: Path) -> None:
    page, records = tmp_path / "page.md", tmp_path / "records"
    code, said = run("benchmark", SMALL_WORLD, "--declarations", 12_000, "--seed", 7,
                     "--months", 2, "--records", records, "--out", page)  # fmt: skip
    assert code == 0
    assert "shiprisk" in said
    text = page.read_text(encoding="utf-8")
    assert "small_world: Small and full of evasion" in text
    assert "--declarations 12000 --seed 7 --months 2" in text
    assert "| group-by over past outcomes |" in text
    assert page.with_suffix(".png").stat().st_size > 10_000
    truth = pd.read_parquet(records / "truth.parquet")
    assert len(truth) == 12_000


def test_replay_writes_its_part_and_leaves_the_rest_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    words = (SMALL_WORLD, "--declarations", 8_000, "--seed", 7, "--worlds", 1, "--months", 1)
    code, said = run("replay", *words, "--capacity", "10%", "--out", page)
    assert code == 0
    assert "exploitation" in said
    text = page.read_text(encoding="utf-8")
    for strategy in STRATEGIES:
        assert f"| {strategy.name} |" in text
    assert "--declarations 8000 --seed 7 --worlds 1 --months 1 --capacity 10%" in text
    assert (tmp_path / "page-small_world.png").stat().st_size > 10_000
    page.write_text("My own words, and no markers.\n", encoding="utf-8")
    code, said = run("replay", *words, "--capacity", "none", "--out", page)
    assert code == FAILED
    assert "50/day" in said
