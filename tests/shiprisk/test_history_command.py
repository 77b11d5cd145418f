"""`shiprisk history`: a newer past for scoring, at once or day by day."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from shiprisk.cli import app
from shiprisk.serving import Scorer


@pytest.fixture
def shiprisk() -> Callable[..., str]:
    def run(*words: object) -> str:
        done = CliRunner().invoke(app, [str(word) for word in words])
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    return run


def part_of(world: Path, part: Path, keep: Callable[[pd.Series], pd.Series]) -> Path:
    """The tables of a world with a part of its declarations, and the outcomes of these."""
    part.mkdir()
    declared = pd.read_parquet(world / "declarations.parquet")
    declared = declared[keep(declared["declared_on"])]
    declared.to_parquet(part / "declarations.parquet")
    outcomes = pd.read_parquet(world / "inspections.parquet")
    outcomes = outcomes[outcomes["declaration_id"].isin(declared["declaration_id"])]
    outcomes.to_parquet(part / "inspections.parquet")
    return part


def test_a_history_added_to_equals_one_made_at_once(
    world: Path, bundle: Path, tmp_path: Path, shiprisk: Callable[..., str]
) -> None:
    early = part_of(world, tmp_path / "early", lambda days: days < "2024-09-01")
    late = part_of(world, tmp_path / "late", lambda days: days >= "2024-09-01")
    tables = ((early, "traders"), (early, "listed_parties"), (late, "trade_statistics"))
    for path, table in tables:
        name = f"{table}.parquet"
        (path / name).write_bytes((world / name).read_bytes())
    shiprisk("history", early, "--out", tmp_path / "one")
    said = shiprisk("history", late, "--add-to", tmp_path / "one", "--out", tmp_path / "two")
    assert "through 2024-12-31" in said
    shiprisk("history", world, "--out", tmp_path / "whole")
    for path in (tmp_path / "whole").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_the_history_of_a_model_can_be_added_to_and_scored_with(
    world: Path, bundle: Path, tmp_path: Path, shiprisk: Callable[..., str]
) -> None:
    day = part_of(world, tmp_path / "day", lambda days: days >= "2024-12-31")
    shiprisk("history", day, "--add-to", bundle, "--out", tmp_path / "newer")
    scorer, newer = Scorer.load(bundle), Scorer.load(bundle, tmp_path / "newer")
    assert newer.model.version == scorer.model.version
    asked = pd.read_parquet(day / "declarations.parquet").assign(
        declared_on=pd.Timestamp("2025-01-02")
    )
    told = newer.history.block(asked)["shipments_of_all"]
    assert (told == scorer.history.block(asked)["shipments_of_all"] + len(asked)).all()


def test_a_list_given_by_name_is_remembered_and_counts_from_the_next_day(
    world: Path, bundle: Path, tmp_path: Path, shiprisk: Callable[..., str]
) -> None:
    day = part_of(world, tmp_path / "day", lambda days: days >= "2024-12-30")
    asked = pd.read_parquet(day / "declarations.parquet")
    partner = asked["partner_name"].dropna().iloc[0]
    mine = tmp_path / "mine.csv"
    entry = {"id": ["L1"], "name": [partner], "listed_on": ["2024-12-31"]}
    pd.DataFrame(entry).to_csv(mine, index=False)
    shiprisk("history", day, "--add-to", bundle, "--listed", mine, "--out", tmp_path / "newer")
    history = Scorer.load(bundle, tmp_path / "newer").history
    for declared_on, likeness in (("2024-12-31", 0.0), ("2025-01-01", 1.0)):
        then = asked[asked["partner_name"] == partner].drop(columns="partner_id")
        then = then.assign(declared_on=pd.Timestamp(declared_on))
        found = history.block(then)["partner_match"]
        assert all((text is not None and "(L1)" in text) == (likeness == 1) for text in found)
