"""`shiprisk train --signals`: a model from a table of signals, put to use like any other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shiprisk.features import Records
from shiprisk.serving import save_bundle
from shiprisk.training import Past, Trained
from tests.shiprisk.running import FAILED, WELL, Ran, table
from tests.training.signal_table.written import table_of, write

FEW_TREES = "most_trees = 10\npatience = 5\nmembers = 1\n"
MAKES_NO_SENSE = 2


@pytest.fixture(scope="module")
def signals(records: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(table_of(Past.of(records), 0.3), tmp_path_factory.mktemp("signals") / "table")


def test_a_model_from_a_table_scores_with_the_history_that_was_given(
    shiprisk: Callable[..., Ran], signals: Path, trained: Trained, world: Path, tmp_path: Path
) -> None:
    save_bundle(trained.model, trained.history, tmp_path / "other")
    (tmp_path / "few.toml").write_text(FEW_TREES, encoding="utf-8")
    given = ("--settings", "few.toml", "--history", tmp_path / "other" / "history")
    ran = shiprisk("train", "--signals", signals, *given)
    assert ran.code == WELL, ran.said
    assert "version 1 of shiprisk, alias champion" in ran.said
    assert "sample of 30.000%" in ran.said
    day = table(world / "declarations.parquet").tail(20)
    day.to_parquet(tmp_path / "day.parquet")
    scored = shiprisk("score", "day.parquet", "--out", "scores.parquet")
    assert scored.code == WELL, scored.said
    assert table(tmp_path / "scores.parquet")["risk"].between(0, 1).all()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "either records or --signals"),
        (("records", "--signals", "table"), "either records or --signals"),
        (("--signals", "table", "--listed", "list.csv"), "made of records, outcomes and lists"),
        (("records", "--dask", "tcp://127.0.0.1:1"), "go with --signals"),
    ],
)
def test_what_does_not_go_together_is_said(
    shiprisk: Callable[..., Ran], words: tuple[str, ...], said: str
) -> None:
    ran = shiprisk("train", *words)
    assert ran.code == MAKES_NO_SENSE
    assert said in ran.said.replace("│ ", "")


def test_a_table_that_is_not_there_is_said(shiprisk: Callable[..., Ran], tmp_path: Path) -> None:
    ran = shiprisk("train", "--signals", tmp_path / "nowhere")
    assert ran.code == FAILED
    assert "holds no table of signals" in ran.said
