"""A batch that was killed and taken up again writes what it would have written at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from shiprisk.features import Records
from shiprisk.serving import Audit
from tests.serving.batch.killing import ROWS_A_PART, batch_of, score

ROOT = Path(__file__).parents[3]
ROWS, KILLS = 900, 6

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@pytest.fixture(scope="module")
def late(records: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last declarations of the world, some weeks of them."""
    path = tmp_path_factory.mktemp("late") / "declarations.parquet"
    records.declarations.tail(ROWS).to_parquet(path)
    return path


@pytest.fixture(scope="module")
def killed(bundle: Path, late: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `killing.py` wrote. One thread for each library: it forks."""
    into = tmp_path_factory.mktemp("killed")
    one = dict.fromkeys(("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    words = [str(bundle), str(late), str(into), str(KILLS)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.serving.batch.killing", *words],
        cwd=ROOT,
        env={**os.environ, **one},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    for seen in json.loads(done.stdout.splitlines()[-1]).values():
        assert len(seen) == KILLS
        assert seen == sorted(seen)
        assert 0 < seen[0] < seen[-1] < ROWS / ROWS_A_PART
    return into


@pytest.mark.parametrize("kind", [".parquet", ".csv"])
def test_the_output_is_the_same_bytes(
    bundle: Path, late: Path, killed: Path, tmp_path: Path, kind: str
) -> None:
    score(batch_of(bundle, late), tmp_path / f"whole{kind}")
    assert (killed / f"scores{kind}").read_bytes() == (tmp_path / f"whole{kind}").read_bytes()


def test_nothing_is_left_beside_the_outputs(killed: Path) -> None:
    left = {path.name for path in killed.iterdir() if not path.name.startswith("audit.db")}
    assert left == {"scores.parquet", "scores.csv", "scores.jsonl"}


def test_each_answer_is_recorded_once(killed: Path) -> None:
    lines = (killed / "scores.jsonl").read_bytes().splitlines()
    ids = [json.loads(line)["score_id"] for line in lines]
    assert len(set(ids)) == len(ids) == ROWS
    assert ids == sorted(ids)
    with Audit.reading(f"sqlite:///{killed / 'audit.db'}") as audit:
        for line, score_id in zip(lines[::50], ids[::50], strict=True):
            assert audit.given(score_id).answer == line
        assert audit.recorded(ids) == set(ids)
        with audit._engine.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM audit_scores").scalar()
    assert count == ROWS, "nothing is on record that was not answered"


def test_a_row_group_is_a_block(killed: Path, late: Path) -> None:
    file = pq.ParquetFile(killed / "scores.parquet")
    sizes = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
    assert sizes == [ROWS_A_PART] * (ROWS // ROWS_A_PART)
    keys = ["declaration_id", "item_number"]
    wanted = pd.read_parquet(late)[keys].to_numpy().tolist()
    assert file.read(keys).to_pandas().to_numpy().tolist() == wanted
