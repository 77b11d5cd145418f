"""The command that watches a model in use, and what it tells a scheduler."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from tests.shiprisk.running import FAILED, WELL, Ran

DRIFT_FOUND = 5
MONTH = ("--from", "2024-10-01", "--to", "2024-10-31")


def test_a_quiet_month_and_one_with_another_way_differ_in_their_exit_codes(
    shiprisk: Callable[..., Ran], bundle: Path, world: Path, tmp_path: Path
) -> None:
    quiet = shiprisk("monitor", world, "--model", bundle, *MONTH, "--out", "quiet.md")
    assert quiet.code == WELL, quiet.said
    assert "nothing has changed" in quiet.said
    assert (tmp_path / "quiet.md").is_file()
    other = tmp_path / "other"
    shutil.copytree(world, other)
    table = pd.read_parquet(world / "declarations.parquet")
    month = (table["declared_on"] >= "2024-10-01") & (table["direction"] == "import")
    table.loc[month, "country_of_dispatch"] = "GE"
    table.to_parquet(other / "declarations.parquet")
    loud = shiprisk("monitor", other, "--model", bundle, *MONTH, "--out", "loud.md")
    assert loud.code == DRIFT_FOUND, loud.said
    assert "drift: GE sends" in loud.said


def test_records_of_the_training_alone_are_refused_by_default(
    shiprisk: Callable[..., Ran], bundle: Path, world: Path
) -> None:
    refused = shiprisk("monitor", world, "--model", bundle)
    assert refused.code == FAILED
    assert "0 of the records are after" in refused.said
