"""Where a command on Spark reads, writes and works, as named on the command line."""

from pathlib import Path

import pytest

from shiprisk.cli.options import spark_input


@pytest.mark.parametrize(
    ("out", "left_out", "work"),
    [
        ("made/scored", "made/scored.rejected", "made/scored.work"),
        ("hdfs://host/made/scored/", "hdfs://host/made/scored.rejected", "scored.work"),
        ("table:risk.scored", "risk.scored.rejected", "risk.scored.work"),
    ],
)
def test_addresses_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, out: str, left_out: str, work: str
) -> None:
    monkeypatch.chdir(tmp_path)
    found = spark_input(["s3a://bucket/day.parquet"], out, None, None, None)
    assert found.source == "s3a://bucket/day.parquet"
    assert (found.rejected, found.work) == (left_out, tmp_path / work)


def test_the_working_directory_is_made_where_it_is_asked_for(tmp_path: Path) -> None:
    found = spark_input(["table:a"], "b", tmp_path, Path("faults"), None)
    assert (found.work, found.rejected) == (tmp_path / "b.work", "faults")
