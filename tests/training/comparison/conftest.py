"""What the tests of the comparison share."""

from pathlib import Path

import pandas as pd
import pytest

from shiprisk.features import Records
from shiprisk.training.comparison import SELECTORS, Fold, Outcome, benchmark, folds

MONTHS = 4


@pytest.fixture(scope="package")
def truth(world: Path) -> pd.DataFrame:
    return pd.read_parquet(world / "truth.parquet")


@pytest.fixture(scope="package")
def last(records: Records) -> Fold:
    """The last month of the records."""
    return list(folds(records, 1))[-1]


@pytest.fixture(scope="package")
def last_day(records: Records) -> pd.Timestamp:
    return records.declarations["declared_on"].max()


@pytest.fixture(scope="package")
def outcome(records: Records, truth: pd.DataFrame, last_day: pd.Timestamp) -> Outcome:
    """All selectors but ours, which takes long, over the last months; two shocks, one long ago."""
    quick = {name: selector for name, selector in SELECTORS.items() if name != "shiprisk"}
    shocks = {
        "the crackdown": (last_day - pd.DateOffset(months=2)).date(),
        "long ago": (last_day - pd.DateOffset(months=12)).date(),
    }
    return benchmark(records, truth, MONTHS, quick, shocks)
