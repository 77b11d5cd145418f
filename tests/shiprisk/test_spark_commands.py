"""Records on Spark, as a user goes: totals day by day, scores, signals, a model; and what fails."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shiprisk.features import NODES, History, TotalsTable, load_history, save_as_table, save_history
from tests.shiprisk.one_after_another import SQL, ran
from tests.shiprisk.running import FAILED, KEY, SOME_REJECTED, WELL, Ran, table
from tests.spark import needed

SPARK = ("--engine", "spark")
SINCE, LATER, ASKED = "2024-08-01", "2024-10-01", "2024-12-01"


@dataclass(frozen=True)
class Way:
    """What the commands left behind, and how each ended, by name."""

    home: Path
    ended: Mapping[str, Ran]


@pytest.fixture(scope="module")
def home(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Directories of records: early, late, their last outcomes, all of these; and some to score."""
    home = tmp_path_factory.mktemp("spark commands")
    declared = pd.read_parquet(world / "declarations.parquet")
    outcomes = pd.read_parquet(world / "inspections.parquet")
    days = declared["declared_on"]
    early, late = (days >= SINCE) & (days < LATER), (days >= LATER) & (days < ASKED)
    later = outcomes["known_on"] >= "2024-11-15"
    with_later = (early | late) & declared["declaration_id"].isin(outcomes[later]["declaration_id"])
    assert with_later.sum() > 20
    parts = {"early": (early, ~later), "late": (late, ~later), "outcomes": (with_later, later),
             "whole": (early | late, later | ~later)}  # fmt: skip
    for name, (rows, of_outcomes) in parts.items():
        (home / name).mkdir()
        declared[rows].to_parquet(home / name / "declarations.parquet")
        found = outcomes[of_outcomes].merge(declared.loc[rows, KEY], on=KEY)
        found.to_parquet(home / name / "inspections.parquet")
    for name in ("traders", "listed_parties", "trade_statistics"):
        for part in ("early" if name == "traders" else "late", "whole"):
            (home / part / f"{name}.parquet").write_bytes((world / f"{name}.parquet").read_bytes())
    (home / "shared").mkdir()
    (home / "shared" / "of others").touch()
    asked = declared[days >= ASKED].copy()
    asked.iloc[3, asked.columns.get_loc("net_mass_kg")] = -2.0
    asked.iloc[7, asked.columns.get_loc("hs_code")] = "no code"
    asked.to_parquet(home / "asked.parquet")
    return home


@pytest.fixture(scope="module")
def way(home: Path, bundle: Path) -> Way:
    needed()
    add = ("--out", "totals", *SPARK)
    using = ("--model", bundle, "--history")
    commands = {
        "first": ("history", "early", *add, "--work", "shared"),
        "second": ("history", "late", *add),
        "outcomes": ("history", "outcomes", "--only-outcomes", *add),
        "one": ("history", "--add-to", "totals", "--out", "one"),
        "whole": ("history", "whole", "--out", "whole-history"),
        "scored": ("score", "asked.parquet", *SPARK, "--out", "spark.parquet", *using, "totals",
                   "--show", 2),
        "scored on one": ("score", "asked.parquet", "--out", "one.parquet", *using, "one",
                          "--show", 2),
        "signals": ("signals", "whole", "--out", f"file://{home}/signals", "--sample", 0.5),
        "trained": ("train", "--signals", "signals", "--choose-from", "2024-10-01", "--no-test"),
        "catalogue": (SQL, f"CREATE TABLE asked USING parquet LOCATION '{home}/asked.parquet'"),
        "scored by name": ("score", "table:asked", *SPARK, "--out", "table:scored", *using,
                           "totals", "--explain", "red"),
        "joined": ("history", *add),
        "no such path": ("history", "nowhere", *SPARK, "--out", "other"),
    }  # fmt: skip
    return Way(home, dict(zip(commands, ran(home, list(commands.values())), strict=True)))


def files_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def read(scores: Path) -> pa.Table:
    """Scores in order of their keys."""
    return pq.read_table(scores).sort_by([(name, "ascending") for name in KEY])


def assert_told(said: str, told: str) -> None:
    """One line says why the work stopped."""
    (line,) = said.splitlines()
    assert line.startswith("Stopped: ")
    assert told in line


def test_a_table_grows_by_batches_and_by_outcomes_that_come_later(way: Way) -> None:
    names = ("2024-08-01_2024-09-30", "2024-10-01_2024-11-30", "outcomes-of-2024-08-12_2024-11-30")
    assert TotalsTable.at(way.home / "totals").names == names
    for step, name in zip(("first", "second", "outcomes"), names, strict=True):
        assert way.ended[step].code == WELL, way.ended[step].said
        assert f"as batch {name} of totals" in way.ended[step].said


def test_a_history_made_of_the_table_is_that_of_one_machine(way: Way) -> None:
    assert way.ended["one"].code == way.ended["whole"].code == WELL
    assert files_of(way.home / "one") == files_of(way.home / "whole-history")


def test_batches_put_together_make_the_same_history(way: Way, tmp_path: Path) -> None:
    assert way.ended["joined"].code == WELL, way.ended["joined"].said
    assert "3 batches of totals are one now" in way.ended["joined"].said
    assert len(TotalsTable.at(way.home / "totals").batches) == 1
    save_history(load_history(way.home / "totals", NODES), tmp_path)
    assert files_of(tmp_path) == files_of(way.home / "one")


def test_scores_are_those_of_one_machine_in_every_column(way: Way) -> None:
    found, wanted = read(way.home / "spark.parquet"), read(way.home / "one.parquet")
    assert len(wanted) > 500
    assert found.schema == wanted.schema
    assert found.to_pylist() == wanted.to_pylist()


def test_the_same_is_printed(way: Way) -> None:
    told, wanted = (way.ended[name].said for name in ("scored", "scored on one"))
    begin = "╭─ 1. risk"
    assert told[told.index(begin) :] == wanted[wanted.index(begin) :]


def test_rejected_rows_are_written_with_their_faults_and_the_others_scored(way: Way) -> None:
    assert way.ended["scored"].code == way.ended["scored on one"].code == SOME_REJECTED
    assert "Rejected: 2 of declarations" in way.ended["scored"].said
    lines = [
        json.loads(line)
        for path in (way.home / "spark.parquet.rejected").glob("*.json")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    told = {(x["faults"][0]["column"], x["faults"][0]["value"]): x for x in lines}
    assert set(told) == {("net_mass_kg", "-2.0"), ("hs_code", "'no code'")}
    asked = table(way.home / "asked.parquet")
    assert set(json.loads(told["hs_code", "'no code'"]["given"])) >= {"description", "partner_id"}
    assert len(read(way.home / "spark.parquet")) == len(asked) - 2


def test_a_model_is_trained_from_signals_of_the_cluster(way: Way) -> None:
    assert way.ended["signals"].code == WELL, way.ended["signals"].said
    inspected = table(way.home / "whole" / "inspections.parquet")
    written = pq.read_table(way.home / "signals")
    assert written.num_rows - written["violation"].null_count == len(inspected)
    assert way.ended["trained"].code == WELL, way.ended["trained"].said
    assert "is version 1 of shiprisk, alias champion" in " ".join(way.ended["trained"].said.split())


def test_a_table_by_name_is_scored_into_another(way: Way) -> None:
    assert way.ended["scored by name"].code == SOME_REJECTED, way.ended["scored by name"].said
    found, wanted = read(way.home / "warehouse" / "scored"), read(way.home / "one.parquet")
    same = [*KEY, "risk", "lane"]
    assert found.select(same) == wanted.select(same)
    told = dict.fromkeys(("red", "yellow", "green"), 0)
    for lane, reasons in zip(found["lane"].to_pylist(), found["reasons"].to_pylist(), strict=True):
        told[lane] += len(reasons)
    assert told["red"] > told["yellow"] == told["green"] == 0


def test_a_path_that_is_not_there_is_told_in_one_line(way: Way) -> None:
    ended = way.ended["no such path"]
    assert ended.code == FAILED
    assert_told(ended.said, "nowhere: Spark reads Parquet and tables: [PATH_NOT_FOUND]")


def test_no_work_stays_behind_and_nothing_of_others_is_removed(way: Way) -> None:
    assert not list(way.home.rglob("*.work"))
    assert [path.name for path in (way.home / "shared").iterdir()] == ["of others"]


def test_without_pyspark_each_command_says_what_to_install(home: Path, bundle: Path) -> None:
    commands = [
        ("history", "early", *SPARK, "--out", "other"),
        ("score", "asked.parquet", *SPARK, "--out", "other", "--model", bundle),
        ("signals", "early", "--out", "other"),
    ]
    for ended in ran(home, commands, without="pyspark"):
        assert ended.code == FAILED
        assert_told(ended.said, "pip install 'shiprisk[spark]'")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("history", "a.parquet", *SPARK, "--batch", "first"), "has a batch 'first' already"),
        (("history", "a.parquet", *SPARK, "--batch", "a b"), "'a b' names no batch"),
        (("score", "a.parquet", *SPARK), "totals is there already; --anew overwrites it"),
        (("signals", "a.parquet"), "totals is there already; --anew overwrites it"),
    ],
)
def test_what_is_there_is_told_before_the_work(
    shiprisk: Callable[..., Ran], tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    save_as_table(History(NODES), tmp_path / "totals", 2)
    ended = shiprisk(*words, "--out", "totals")
    assert ended.code == FAILED
    assert_told(ended.said, told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("score", "a.parquet", "--mapping", "mine.toml"), "not with --engine spark: --mapping"),
        (("score", "a.parquet", "--audit", "sqlite:///a.db"), "not with --engine spark: --audit"),
        (("history", "a.parquet", "--add-to", "past"), "not with --engine spark: --add-to"),
        (("score", "a.parquet", "b.parquet"), "give one path or table:NAME"),
    ],
)
def test_what_has_no_meaning_on_spark_is_refused(
    shiprisk: Callable[..., Ran], tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "mine.toml").touch()
    ended = shiprisk(*words, *SPARK, "--out", "out")
    assert ended.code == 2
    assert told in ended.said
