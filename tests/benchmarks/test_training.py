"""What a training takes beside plain fits."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from benchmarks import training
from shiprisk.features import Records
from shiprisk.training import Settings


def test_where_all_is_inspected_every_declaration_has_the_outcome_of_the_truth(
    records: Records, world: Path
) -> None:
    truth = pd.read_parquet(world / "truth.parquet")
    outcomes = training.all_inspected(records, truth)
    assert len(outcomes) == len(records.declarations)
    assert outcomes["violation"].sum() == truth["diverted"].sum()


def test_times_and_memory_are_told_beside_plain_fits(
    records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    training.measured(replace(records), Settings(most_trees=5, patience=2))
    said = capsys.readouterr().out
    assert "one plain fit of 3 boosters: " in said
    assert "history: " in said
    assert "peak " in said
    assert f"{len(records.declarations):,} declarations" in said
