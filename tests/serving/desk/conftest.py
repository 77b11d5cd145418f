"""A desk with a day's scores, for each test its own copy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from shiprisk.features import Records
from shiprisk.serving import Scorer
from tests.serving.desk.visiting import Office, as_sent, last_day, office
from tests.serving.http.asking import answer


@pytest.fixture(scope="session")
def sent(records: Records) -> list[dict]:
    return as_sent(last_day(records.declarations))


@pytest.fixture(scope="session")
def begun(scorer: Scorer, sent: list[dict], tmp_path_factory) -> Path:
    """The file of a desk with its accounts and a day's scores, for copies of it."""
    file = tmp_path_factory.mktemp("begun") / "audit.db"
    with office(scorer, f"sqlite:///{file}") as opened:
        scored = answer(opened.running.client.post("/v1/scores", json=sent))
        assert len(scored["scores"]) == len(sent)
    return file


@pytest.fixture
def copied(begun: Path, tmp_path: Path) -> str:
    """The address of a copy."""
    with closing(sqlite3.connect(begun)) as one, closing(sqlite3.connect(tmp_path / "a.db")) as two:
        one.backup(two)
    return f"sqlite:///{tmp_path / 'a.db'}"


@pytest.fixture
def desk(scorer: Scorer, copied: str) -> Iterator[Office]:
    with office(scorer, copied) as opened:
        yield opened
