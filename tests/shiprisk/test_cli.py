"""The command line as its users run it: files in, files out, exit codes and one clear line."""

import csv
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from shiprisk.features import SIGNALS, Records
from shiprisk.serving import SCHEMA, Scorer
from tests.conftest import CHOOSE_FROM, DECLARATIONS, SEED, SMALL_WORLD, TEST_FROM
from tests.shiprisk.running import FAILED, KEY, WELL, Ran, as_csv, strict_json, table

ROOT = Path(__file__).parents[2]
REASON = ["signal", "family", "value", "contribution", "sentence", "evidence", "flags"]
DAY = "2024-12-20"  # late in the simulated world, and a working day


def log_odds(risk: float) -> float:
    return math.log(risk) - math.log1p(-risk)


# --- the whole way, in processes of its own, with MLflow -----------------------------------------


@dataclass(frozen=True)
class Way:
    """What simulate, train and score left behind."""

    records: Path
    store: str
    scores: Path
    started_in: Path
    said: list[str]


def process(started_in: Path, *words: object) -> Ran:
    """How a command ended in a process of its own."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-c", "from shiprisk.cli import app; app()", *map(str, words)]
    done = subprocess.run(
        command,
        cwd=started_in,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return Ran(done.returncode, " ".join((done.stdout + done.stderr).split()))


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Way:
    """simulate, train, train without owner nationality, score a day with the first model."""
    home, started_in = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("elsewhere")
    records, scores = home / "records", home / "scores.parquet"
    store = f"sqlite:///{home / 'mlflow.db'}"
    periods = ("--choose-from", CHOOSE_FROM, "--test-from", TEST_FROM, "--as-of", DAY)
    made = ("--tracking-uri", store, *periods)
    world = ("--scenario", SMALL_WORLD, "--declarations", DECLARATIONS, "--seed", SEED)
    words = [
        ("simulate", records, *world),
        ("train", records, *made),
        ("train", records, *made, "--no-owner-nationality"),
        ("score", records, "--tracking-uri", store, "--day", DAY, "--out", scores, "--show", 2),
    ]
    said = []
    for command in words:
        ran = process(started_in, *command)
        assert ran.code == WELL, ran.said
        said.append(ran.said)
    return Way(records, store, scores, started_in, said)


def test_the_whole_way_leaves_nothing_where_it_was_started(way: Way) -> None:
    assert list(way.started_in.iterdir()) == []


def test_simulating_again_gives_the_same_bytes(way: Way, world: Path) -> None:
    names = sorted(path.name for path in world.iterdir())
    assert names == sorted(path.name for path in way.records.iterdir())
    for name in names:
        assert (way.records / name).read_bytes() == (world / name).read_bytes()


def test_the_first_model_is_champion_and_the_next_a_challenger(way: Way) -> None:
    assert "is version 1 of shiprisk, alias champion" in way.said[1]
    assert "is version 2 of shiprisk, alias challenger" in way.said[2]


def test_a_day_is_scored_whole_and_nothing_else(way: Way) -> None:
    declared = table(way.records / "declarations.parquet")
    of_day = declared[declared["declared_on"] == pd.Timestamp(DAY)]
    assert len(of_day) > 10
    scores = table(way.scores)
    assert scores[KEY].to_numpy().tolist() == of_day[KEY].to_numpy().tolist()
    assert f"{len(of_day)} scores in" in way.said[3]


def test_the_riskiest_are_printed_in_order(way: Way) -> None:
    top = table(way.scores).sort_values("risk", ascending=False, kind="stable").head(2)
    said = way.said[3]
    places = [said.index(f"{rank}. risk") for rank in (1, 2)]
    assert places == sorted(places)
    assert "3. risk" not in said
    for at, score in zip(places, top.to_dict("records"), strict=True):
        assert score["declaration_id"] in said[at:]
        assert score["reasons"][0]["sentence"].split(";")[0][:30] in said[at:]


@pytest.fixture
def stored(way: Way) -> dict[bool, Path]:
    """The plain directories that MLflow keeps, with and without owner nationality."""
    directories = [path.parent for path in way.records.parent.rglob("booster.txt")]
    assert len(directories) == 2
    return {_about(path)["settings"]["owner_nationality"]: path for path in directories}


def _described(model: Path) -> dict[str, Any]:
    return json.loads((model / "model.json").read_text(encoding="utf-8"))


def _about(model: Path) -> dict[str, Any]:
    return _described(model)["about"]


def test_a_model_of_a_day_knows_nothing_later(way: Way, stored: dict[bool, Path]) -> None:
    about = _about(stored[True])
    assert about["last_day"] < DAY
    assert about["settings"]["as_of"] == DAY
    assert (about["choose_from"], about["test_from"]) == (str(CHOOSE_FROM), str(TEST_FROM))
    declared = table(way.records / "declarations.parquet")["declared_on"]
    assert about["declarations"] == (declared < pd.Timestamp(DAY)).sum()


def test_a_stored_directory_scores_as_its_address_does(
    way: Way, stored: dict[bool, Path], shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    out = tmp_path / "again.parquet"
    ran = shiprisk("score", way.records, "--model", stored[True], "--day", DAY, "--out", out)
    assert ran.code == WELL
    assert out.read_bytes() == way.scores.read_bytes()


def test_without_owner_nationality_no_sensitive_signal_is_used(
    way: Way, stored: dict[bool, Path], shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    sensitive = {signal.name for signal in SIGNALS if signal.sensitive}
    assert sensitive
    used = {with_it: set(_described(model)["signals"]) for with_it, model in stored.items()}
    assert used[True] - used[False] == sensitive

    out = tmp_path / "scores.parquet"
    ran = shiprisk("score", way.records, "--model", stored[False], "--day", DAY, "--out", out)
    assert ran.code == WELL
    scores = table(out)
    assert len(scores) > 10
    assert (scores["risk"] == scores["risk_without_owner_nationality"]).all()
    assert sensitive.isdisjoint(r["signal"] for reasons in scores["reasons"] for r in reasons)


# --- scores as files -----------------------------------------------------------------------------


@pytest.fixture
def late(records: Records, tmp_path: Path) -> Path:
    """A file with the last 300 declarations of the world."""
    return as_csv(records.declarations.tail(300), tmp_path / "late.csv")


@pytest.fixture
def scored(
    late: Path, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> Callable[..., Path]:
    """Scores those declarations into a file of the given name."""

    def score(name: str, *options: object) -> Path:
        out = tmp_path / name
        assert shiprisk("score", late, "--model", bundle, "--out", out, *options).code == WELL
        return out

    return score


def test_parquet_has_exactly_the_documented_columns(scored: Callable[..., Path]) -> None:
    assert pq.read_schema(scored("scores.parquet")).remove_metadata() == SCHEMA


def test_the_three_kinds_of_files_say_the_same(scored: Callable[..., Path]) -> None:
    nested = pq.read_table(scored("scores.parquet")).to_pylist()
    for reason in (reason for row in nested for reason in row["reasons"]):
        reason["evidence"] = strict_json(reason["evidence"])  # JSON text in Parquet
    lines = scored("scores.jsonl").read_text(encoding="utf-8").splitlines()
    assert [strict_json(line) for line in lines] == nested
    with scored("scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == SCHEMA.names
    assert [_typed(row) for row in rows] == nested


def _typed(row: dict[str, str]) -> dict[str, Any]:
    """A row of CSV text with the types that the schema gives."""
    read = {"int64": int, "double": float, "string": str}
    return {
        field.name: read.get(str(field.type), strict_json)(row[field.name])  # lists are JSON text
        for field in SCHEMA
    }


def test_reasons_are_told_and_families_sum_to_the_risk(scored: Callable[..., Path]) -> None:
    names = {signal.name: signal.family for signal in SIGNALS}
    scores = pq.read_table(scored("scores.parquet")).to_pylist()
    assert len(scores) == 300
    for score in scores:
        added = score["families"].values()
        assert abs(score["base"] + sum(added) - log_odds(score["risk"])) < 1e-6
        assert score["reasons"]
        for reason in score["reasons"]:
            assert list(reason) == REASON
            assert names[reason["signal"]] == reason["family"]
            assert reason["sentence"].strip()
            assert "{" not in reason["sentence"]
            assert reason["flags"] == [] or reason["contribution"] > 0


def test_lanes_follow_the_risk(scored: Callable[..., Path]) -> None:
    scores = table(scored("scores.parquet"))
    most = scores.groupby("lane")["risk"].max()
    assert set(most.index) <= {"red", "yellow", "green"}
    assert most["green"] < most["red"]
    assert scores["risk"].between(0, 1).all()


def test_fewer_reasons_are_some_of_all(scored: Callable[..., Path]) -> None:
    whole = table(scored("all.parquet", "--reasons", 1000))
    few = table(scored("few.parquet", "--reasons", 3))
    assert max(map(len, whole["reasons"])) > 20
    for every, some in zip(whole["reasons"], few["reasons"], strict=True):
        assert sum(r["contribution"] > 0 for r in some) <= 3
        kept = {r["signal"] for r in some}
        assert kept
        assert [r["signal"] for r in some] == [r["signal"] for r in every if r["signal"] in kept]
    pd.testing.assert_frame_equal(whole.drop(columns="reasons"), few.drop(columns="reasons"))


@pytest.mark.parametrize("ending", [".parquet", ".jsonl", ".csv"])
def test_scoring_twice_gives_the_same_bytes(scored: Callable[..., Path], ending: str) -> None:
    assert scored(f"one{ending}").read_bytes() == scored(f"two{ending}").read_bytes()


def test_the_scores_are_those_of_the_scorer(
    scored: Callable[..., Path], scorer: Scorer, records: Records
) -> None:
    expected = scorer.score_validated(records.declarations.tail(300))
    assert table(scored("scores.parquet"))["risk"].tolist() == expected["risk"].tolist()


def test_a_model_trained_with_other_lists_scores_and_the_user_is_told(
    late: Path, bundle: Path, bundle_of_other_lists: Path, shiprisk: Callable[..., Ran]
) -> None:
    told = {}
    for model in (bundle, bundle_of_other_lists):
        ran = shiprisk("score", late, "--model", model, "--out", "scores.csv", "--show", 0)
        assert ran.code == WELL
        told[model] = "other lists: hubs (then 2022-06-28" in ran.said
    assert told == {bundle: False, bundle_of_other_lists: True}


def test_show_prints_that_many(
    late: Path, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = shiprisk("score", late, "--model", bundle, "--out", tmp_path / "s.csv", "--show", 3)
    assert [f"{rank}. risk" in ran.said for rank in (1, 2, 3, 4)] == [True, True, True, False]
    ran = shiprisk("score", late, "--model", bundle, "--out", tmp_path / "s.csv")
    assert "1. risk" not in ran.said


# --- what cannot be done -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["score", "nowhere.csv", "--model", "{bundle}"], "nowhere.csv"),
        (["score", "{late}", "--model", "no-model"], "no-model"),
        (["score", "{late}", "--model", "{world}"], "model"),
        (["score", "{late}", "--model", "{bundle}", "--history", "no-history"], "no-history"),
        (["score", "{late}", "--model", "{bundle}", "--mapping", "none.toml"], "none.toml"),
        (["score", "{late}", "--model", "{bundle}", "--encoding", "klingon"], "klingon"),
        (["score", "{world}/truth.parquet", "--model", "{bundle}"], "hs_code"),
        (["train", "nowhere.csv"], "nowhere.csv"),
        (["train", "{late}"], "no outcomes"),
        (["train", "{world}", "--as-of", "2024-02-01"], "period"),
    ],
)
def test_what_stops_the_work_is_told_in_one_line(
    words: list[str],
    named: str,
    late: Path,
    bundle: Path,
    world: Path,
    shiprisk: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    filled = [word.format(late=late, bundle=bundle, world=world) for word in words]
    out = ["--out", str(tmp_path / "scores.csv")] if words[0] == "score" else []
    ran = shiprisk(*filled, *out)
    assert ran.code == FAILED
    assert ran.said.count("Stopped:") == 1
    assert named in ran.said.partition("Stopped:")[2]
    assert "Traceback" not in ran.said
    assert not (tmp_path / "scores.csv").exists()


def test_a_model_that_the_store_lacks_is_told_in_one_line(late: Path, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'empty.db'}"
    out = tmp_path / "scores.csv"
    ran = process(tmp_path, "score", late, "--tracking-uri", store, "--out", out)
    assert ran.code == FAILED
    assert "Stopped: no model at models:/shiprisk@champion" in ran.said
    assert store in ran.said
    assert "Traceback" not in ran.said
    assert not out.exists()


def test_an_unknown_kind_of_output_is_refused_before_any_work(
    late: Path, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = shiprisk("score", late, "--model", bundle, "--out", tmp_path / "scores.xlsx")
    assert ran.code == FAILED
    assert ".parquet" in ran.said
    assert not (tmp_path / "scores.xlsx").exists()
