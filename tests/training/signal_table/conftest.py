"""A table of signals of the small world, from which nothing was sampled away."""

from pathlib import Path

import pyarrow as pa
import pytest

from shiprisk.features import Records
from shiprisk.training import Past

from .written import table_of, write


@pytest.fixture(scope="session")
def past(records: Records) -> Past:
    return Past.of(records)


@pytest.fixture(scope="session")
def table(past: Past) -> pa.Table:
    return table_of(past)


@pytest.fixture(scope="session")
def directory(table: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(table, tmp_path_factory.mktemp("signals") / "table")
