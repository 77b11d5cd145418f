"""select as its users run it: from scores to a queue."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from shiprisk.features import Records
from shiprisk.serving import QUEUE_SCHEMA, SHIPMENT_SCHEMA, read_scores, write_scores
from tests.shiprisk.running import FAILED, KEY, WELL, Ran, as_csv, table

Run = Callable[..., Ran]


@pytest.fixture
def late(records: Records, tmp_path: Path) -> Path:
    """A file with the last declarations of the world, of several days."""
    return as_csv(records.declarations.tail(120), tmp_path / "late.csv")


@pytest.fixture
def scores(late: Path, bundle: Path, shiprisk: Run, tmp_path: Path) -> Callable[[str], Path]:
    """Scores of those in a file with this ending."""

    def score(ending: str) -> Path:
        out = tmp_path / f"scores{ending}"
        assert shiprisk("score", late, "--model", bundle, "--out", out).code == WELL
        return out

    return score


def test_three_kinds_of_files_give_the_same_queue(
    scores: Callable[[str], Path], late: Path, records: Records, shiprisk: Run
) -> None:
    queues = []
    for ending in (".parquet", ".jsonl", ".csv"):
        out = Path(f"queue{ending}")
        words = (scores(ending), "--records", late, "--capacity", "3/day", "--seed", 0)
        ran = shiprisk("select", *words, "--out", out)
        assert ran.code == WELL
        assert "by the model" in ran.said
        queues.append(read_scores(out).astype({"declared_on": str}))
    assert pq.read_schema("queue.parquet").remove_metadata() == QUEUE_SCHEMA
    for other in queues[1:]:
        pd.testing.assert_frame_equal(queues[0], other, check_dtype=False)
    declared = records.declarations.tail(120)
    of_day = declared.groupby("declared_on")["declaration_id"].nunique()
    listed = queues[0].groupby("declared_on")["declaration_id"].nunique()
    assert listed.tolist() == of_day.clip(upper=3).tolist()
    days = declared.assign(declared_on=declared["declared_on"].astype(str))
    assert len(queues[0][[*KEY, "declared_on"]].merge(days)) == len(queues[0])


def test_a_seed_decides_what_chance_draws(scores: Callable[[str], Path], shiprisk: Run) -> None:
    scored, drawn = scores(".parquet"), {}
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        words = ("--day", "2024-12-30", "--capacity", "10%", "--random", 1, "--seed", seed)
        assert shiprisk("select", scored, *words, "--out", f"{name}.parquet").code == WELL
        drawn[name] = Path(f"{name}.parquet").read_bytes()
    assert drawn["one"] == drawn["again"] != drawn["other"]
    chosen = table(Path("one.parquet"))
    assert set(chosen["selected_by"]) == {"random"}
    assert set(chosen["declared_on"].astype(str)) == {"2024-12-30"}


def test_a_secret_seed_is_told_so_that_the_draw_can_be_repeated(
    scores: Callable[[str], Path], shiprisk: Run
) -> None:
    words = (scores(".parquet"), "--day", "2024-12-30", "--capacity", "10%", "--random", 1)
    found = re.search(r"--seed (\d+)", shiprisk("select", *words, "--out", "one.parquet").said)
    assert found is not None
    seed = ("--seed", found[1])
    assert shiprisk("select", *words, *seed, "--out", "again.parquet").code == WELL
    assert Path("one.parquet").read_bytes() == Path("again.parquet").read_bytes()


def test_two_models_may_disagree(scores: Callable[[str], Path], shiprisk: Run) -> None:
    scored = scores(".parquet")
    other = read_scores(scored)
    last = other["declaration_id"].iloc[-1]
    risks = ["risk", "risk_without_owner_nationality"]
    other.loc[other["declaration_id"] == last, risks] = 1.0
    write_scores(other, Path("second.csv"))
    options = ("--random", 0, "--uncertain", 0.5, "--second", "second.csv")
    words = ("--day", "2024-12-30", "--capacity", "2/day", *options, "--out", "queue.jsonl")
    assert shiprisk("select", scored, *words).code == WELL
    assert last in set(read_scores(Path("queue.jsonl"))["declaration_id"])


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--capacity", "many"], "50/day"),
        (["--capacity", "0/day"], "at least 1"),
        (["--out", "queue.xlsx"], ".parquet"),
        (["--random", "0.7", "--uncertain", "0.7"], "more than all"),
        (["--uncertain", "0.1"], "second opinion"),
        (["--second", "nowhere.csv"], "nowhere.csv"),
        (["--records", "late.csv"], "--records, or --day"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    words: list[str], named: str, scores: Callable[[str], Path], late: Path, shiprisk: Run
) -> None:
    usual = ["--day", "2024-12-30", "--out", "queue.csv"]
    ran = shiprisk("select", scores(".parquet"), *usual, *words)
    assert ran.code == FAILED
    assert ran.said.count("Stopped:") == 1
    assert named in ran.said
    assert not Path("queue.csv").exists()


def test_what_is_no_file_of_scores_is_named(late: Path, shiprisk: Run) -> None:
    ran = shiprisk("select", late, "--day", "2024-12-30", "--out", "queue.csv")
    assert ran.code == FAILED
    assert "late.csv" in ran.said
    assert "risk" in ran.said


def test_scores_of_other_records_are_refused(
    scores: Callable[[str], Path], late: Path, shiprisk: Run
) -> None:
    scored = scores(".parquet")
    few = as_csv(pd.read_csv(late, dtype=str).head(20), Path("few.csv"))
    ran = shiprisk("select", scored, "--records", few, "--out", "queue.csv")
    assert ran.code == FAILED
    assert "100 of 120 goods items are not among the records" in ran.said


def test_shipments_take_their_riskiest_item_in_every_kind_of_file(
    scores: Callable[[str], Path], shiprisk: Run
) -> None:
    found = []
    for ending in (".parquet", ".jsonl", ".csv"):
        items, out = scores(ending), Path(f"shipments{ending}")
        ran = shiprisk("shipments", items, "--out", out)
        assert ran.code == WELL
        found.append(read_scores(out, SHIPMENT_SCHEMA.names))
        assert f"{len(found[-1])} shipments of 120 goods items" in ran.said
        wanted = read_scores(items).groupby("declaration_id", sort=False)["risk"].max()
        pd.testing.assert_series_equal(found[-1].set_index("declaration_id")["risk"], wanted)
    for other in found[1:]:
        pd.testing.assert_frame_equal(found[0], other, check_dtype=False)
