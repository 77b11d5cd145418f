"""Scores streamed into a file are those of one call, and a run is not mistaken for another."""

import gc
import json
import subprocess
import sys
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiprisk.features import Block, Kept
from shiprisk.serving import SCHEMA, Batch, OtherRun, Parts, Scorer, Written, read_scores
from shiprisk.serving import score_into as stream_into
from shiprisk.serving.blocks import in_blocks
from shiprisk.serving.scorer import ScoredBlock
from shiprisk.training import Trained

ROOT = Path(__file__).parents[3]
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


class Watching:
    """A recorder that looks which blocks of before are still in memory."""

    def __init__(self) -> None:
        self.blocks: list[weakref.ref[Block]] = []
        self.left: list[int] = []

    def record(self, part: ScoredBlock, answers: Sequence[Mapping[str, Any]], again: bool) -> None:
        self.left.append(sum(block() is not None for block in self.blocks))
        self.blocks.append(weakref.ref(part.block))


def test_a_block_is_let_go_of_before_the_next_is_worked_out(batch: Batch, tmp_path: Path) -> None:
    watching = Watching()
    score_into(tmp_path / "scores.parquet", batch, ABOUT, recorder=watching)
    assert watching.left == [0] * 7


def test_cycles_are_looked_for_again_after_a_run_that_is_cut_off(
    batch: Batch, tmp_path: Path
) -> None:
    cut_off(batch, tmp_path / "scores.parquet", after=2)
    assert gc.isenabled()


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


@pytest.fixture(scope="module")
def later(declared: pd.DataFrame) -> pd.DataFrame:
    """The same on four days after the history, in no order: each is the past of the next."""
    days = pd.Series(declared.index % 4, declared.index)
    first = declared["declared_on"].max() + pd.Timedelta(days=200)
    return declared.assign(declared_on=(first + pd.to_timedelta(days, unit="D")).dt.as_unit("s"))


def test_days_of_a_file_are_the_past_of_later_ones_block_by_block(
    batch: Batch, scorer: Scorer, later: pd.DataFrame, tmp_path: Path
) -> None:
    kept = Kept.of(tmp_path / "later.arrow", [later.iloc[:90], later.iloc[90:]])
    whole = scorer.score_validated(later, None)
    score_into(tmp_path / "all.jsonl", replace(batch, declarations=kept), ABOUT)
    assert read_scores(tmp_path / "all.jsonl").to_dict("records") == whole.to_dict("records")
    for day, of_day in later.groupby(later["declared_on"].dt.date):
        written = score_into(
            tmp_path / "day.jsonl", replace(batch, declarations=kept, day=day), ABOUT
        )
        scores = read_scores(tmp_path / "day.jsonl").to_dict("records")
        assert scores == whole.loc[of_day.index].to_dict("records")
        top = written.declared["declared_on"].dt.date
        assert set(top) == {day} and len(top) == 7
    alone = scorer.score_validated(of_day.reset_index(drop=True), None)
    assert alone["risk"].tolist() != whole.loc[of_day.index, "risk"].tolist()


def test_only_one_run_at_a_time_writes_to_an_output(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "scores.parquet"
    hold = (
        "import sys, pathlib, shiprisk.serving as serving\n"
        "with serving.Parts(pathlib.Path(sys.argv[1])) as parts:\n"
        "    parts.records.write_bytes(b'half')\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", hold, str(out)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(OtherRun, match="another run is writing to it now"):
            score_into(out, batch, ABOUT)
        score_into(tmp_path / "elsewhere.parquet", batch, ABOUT)
        other.kill()
    assert (tmp_path / "scores.parquet.parts" / "records.arrow").exists()
    score_into(out, batch, ABOUT)
    assert {path.name for path in tmp_path.iterdir()} == {out.name, "elsewhere.parquet"}


def test_a_run_that_begins_nothing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Parts(tmp_path / "scores.csv") as parts:
        parts.records.write_bytes(b"something")
        raise KeyError
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(1, 12), st.integers(0, 30))
def test_parts_of_any_length_make_blocks_of_one(sizes: list[int], rows: int, start: int) -> None:
    whole = pd.DataFrame({"at": range(sum(sizes))})
    ends = np.cumsum(sizes).tolist()
    parts = [whole.iloc[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    blocks = list(in_blocks(parts, rows, start))
    assert [at for block in blocks for at in block["at"]] == list(range(start, len(whole)))
    assert all(len(block) == rows for block in blocks[:-1])
    assert all(0 < len(block) <= rows for block in blocks[-1:])


@pytest.mark.parametrize("kind", [".parquet", ".jsonl", ".csv"])
def test_nothing_to_score_is_a_file_without_scores(batch: Batch, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"scores{kind}"
    written = score_into(out, replace(batch, day=date(1999, 1, 1)), ABOUT)
    assert (written.rows, dict(written.lanes), len(written.riskiest)) == (0, {}, 0)
    if kind == ".jsonl":
        assert out.read_bytes() == b""
    else:
        assert list(read_scores(out)) == SCHEMA.names
