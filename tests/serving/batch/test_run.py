"""Scores streamed into a file are those of one call, and a run is not mistaken for another."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from shiprisk.features import Kept
from shiprisk.serving import SCHEMA, Batch, OtherRun, Parts, Scorer, Written, read_scores
from shiprisk.serving import score_into as stream_into
from shiprisk.training import Trained

ABOUT = {"records": "some", "model": "this one"}


@pytest.fixture(scope="module")
def declared(trained: Trained) -> pd.DataFrame:
    return trained.past.declarations.iloc[-250:].reset_index(drop=True)


@pytest.fixture(scope="module")
def batch(
    scorer: Scorer, declared: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Batch:
    """Some hundred declarations in blocks of a few, which do not keep to those that were read."""
    path = tmp_path_factory.mktemp("kept") / "records.arrow"
    kept = Kept.of(path, [declared.iloc[:90], declared.iloc[90:90], declared.iloc[90:]])
    return Batch(scorer, kept, shown=7, rows_a_part=40)


@pytest.fixture(scope="module")
def at_once(scorer: Scorer, declared: pd.DataFrame) -> pd.DataFrame:
    return scorer.score_validated(declared, None)


def score_into(
    out: Path, batch: Batch, about: dict[str, str], anew: bool = False, **further: Any
) -> Written:
    with Parts(out, anew) as parts:
        return stream_into(parts, batch, about, **further)


def cut_off(batch: Batch, out: Path, after: int, about: dict[str, str] = ABOUT) -> None:
    """Run until so many blocks are finished."""

    def stop(done: int, of: int) -> None:
        if done >= after * batch.rows_a_part:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_into(out, batch, about, progress=stop)


@pytest.mark.parametrize("kind", [".parquet", ".jsonl", ".csv"])
def test_a_file_holds_the_scores_of_one_call(
    batch: Batch, at_once: pd.DataFrame, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "further" / f"scores{kind}"
    cut_off(batch, out, after=3)
    assert not out.exists()
    written = score_into(out, batch, ABOUT)
    scores = read_scores(out)
    assert scores.to_dict("records") == at_once.to_dict("records")
    assert written.rows == len(at_once)
    assert written.lanes == at_once["lane"].value_counts().to_dict()
    top = at_once.sort_values("risk", ascending=False, kind="stable").head(7)
    pd.testing.assert_frame_equal(written.riskiest, top.reset_index(drop=True), check_dtype=False)
    assert written.declared["declaration_id"].tolist() == top["declaration_id"].tolist()


def test_progress_goes_on_from_where_it_was(batch: Batch, tmp_path: Path) -> None:
    cut_off(batch, tmp_path / "scores.parquet", after=2)
    told: list[tuple[int, int]] = []
    score_into(tmp_path / "scores.parquet", batch, ABOUT, progress=lambda *far: told.append(far))
    assert told[0] == (80, 250)
    assert told[-1] == (250, 250)
    assert told == sorted(told)


@pytest.mark.parametrize("lanes", [("red",), ("red", "yellow"), ()])
def test_only_the_lanes_that_are_asked_for_are_explained(
    batch: Batch, at_once: pd.DataFrame, tmp_path: Path, lanes: tuple[str, ...]
) -> None:
    out = tmp_path / "scores.jsonl"
    score_into(out, replace(batch, lanes=lanes), ABOUT)
    lines = out.read_bytes().splitlines()
    for line, whole in zip(lines, at_once.to_dict("records"), strict=True):
        told: dict[str, Any] = json.loads(line)
        if whole["lane"] in lanes:
            assert told == whole
        else:
            assert (told["reasons"], told["families"]) == ([], None)
            assert told == whole | {"reasons": [], "families": None}
    assert len(set(at_once["lane"])) == 3


@pytest.mark.parametrize("kind", [".parquet", ".csv"])
def test_what_is_not_explained_can_be_read_again(
    batch: Batch, at_once: pd.DataFrame, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / f"scores{kind}"
    score_into(out, replace(batch, lanes=()), ABOUT)
    scores = read_scores(out)
    assert scores["families"].isna().all()
    assert scores["reasons"].tolist() == [[]] * len(at_once)
    for name in ("risk", "lane", "base", "missing"):
        assert scores[name].tolist() == at_once[name].tolist()


def test_a_run_of_something_else_is_refused_by_name_unless_it_starts_over(
    batch: Batch, at_once: pd.DataFrame, tmp_path: Path
) -> None:
    out = tmp_path / "scores.parquet"
    cut_off(batch, out, after=2, about={"records": "others", "model": "this one"})
    with pytest.raises(OtherRun, match=r"a run with other records was begun.*--anew"):
        score_into(out, batch, ABOUT)
    with pytest.raises(OtherRun, match="other records, model"):
        score_into(out, batch, {"records": "some", "model": "another"})
    score_into(out, batch, ABOUT, anew=True)
    assert read_scores(out)["risk"].tolist() == at_once["risk"].tolist()


def test_an_earlier_output_stays_until_the_new_one_is_whole(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "scores.jsonl"
    out.write_text("earlier", encoding="utf-8")
    cut_off(batch, out, after=5)
    assert out.read_text(encoding="utf-8") == "earlier"
    score_into(out, batch, ABOUT)
    assert len(out.read_bytes().splitlines()) == 250


@pytest.mark.parametrize("kind", [".parquet", ".jsonl", ".csv"])
def test_nothing_to_score_is_a_file_without_scores(batch: Batch, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"scores{kind}"
    written = score_into(out, replace(batch, day=date(1999, 1, 1)), ABOUT)
    assert (written.rows, dict(written.lanes), len(written.riskiest)) == (0, {}, 0)
    if kind == ".jsonl":
        assert out.read_bytes() == b""
    else:
        assert list(read_scores(out)) == SCHEMA.names
