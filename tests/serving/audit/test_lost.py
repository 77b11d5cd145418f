"""A full disk or a server that is gone: who waits is told, and what was lost is counted."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shiprisk.serving.audit import Audit, AuditError, Entry
from tests.postgresql import PASSWORD, Server, running_server
from tests.serving.audit.made import entries, entry

resource = pytest.importorskip("resource", reason="limits of a process")

LARGE = {"description": "x" * 400_000}


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """The system refuses to write further than so many bytes into any file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    with running_server() as running:
        yield running


def test_without_room_on_the_disk_who_waits_is_told_and_later_scores_are_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Audit.open(f"sqlite:///{tmp_path / 'audit.db'}", durable=True) as audit:
        kept, lost, later = entries(2), [entry(received=LARGE)], entries(2)
        audit.record(kept).result()
        with no_file_beyond(300_000):
            with pytest.raises(AuditError, match=r"audit\.db cannot be written: .*disk"):
                audit.record(lost).result()
            assert audit.trouble
        audit.record(later).result()
        assert (audit.lost, audit.trouble) == (1, None)
        ids = [one.score_id for one in (*kept, *lost, *later)]
        assert audit.recorded(ids) == set(ids) - {lost[0].score_id}
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2
    assert "1 were not in all" in caplog.text


def test_the_faster_mode_counts_and_tells_what_was_lost(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    audit = Audit.open(f"sqlite:///{tmp_path / 'audit.db'}", durable=False)
    with no_file_beyond(300_000):
        audit.record([entry(received=LARGE), *entries(4)]).result()
        audit.close()
    assert audit.lost == 5
    assert "disk" in str(audit.trouble)
    assert "scores are not recorded: " in caplog.text
    assert "xxx" not in caplog.text, "no values in a log"


@pytest.mark.parametrize("durable", [True, False])
def test_a_server_that_is_gone_is_told_and_found_again(own_server: Server, durable: bool) -> None:
    with Audit.open(own_server.new_database(), durable) as audit:
        before, lost, after = entries(2), entries(3), entries(2)
        audit.record(before).result()
        wait_until_written(audit)
        own_server.stop(crash=durable)  # what was not waited for may go with a crash
        done = audit.record(lost)
        wait_until_written(audit)
        assert isinstance(done.exception(), AuditError if durable else type(None))
        assert PASSWORD not in str(audit.trouble)
        assert "cannot be written" in str(audit.trouble)
        with pytest.raises(AuditError, match="cannot be read"):
            audit.given(before[0].score_id)
        own_server.start()
        audit.record(after).result()
        wait_until_written(audit)
        assert (audit.lost, audit.trouble) == (3, None)
        assert audit.recorded(ids(before + lost + after)) == set(ids(before + after))


def test_when_too_much_waits_further_scores_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path / 'audit.db'}"
    go_on = threading.Event()
    write = Audit._write
    monkeypatch.setattr(Audit, "_write", lambda self, some: go_on.wait() and write(self, some))
    with Audit.open(address, durable=True, most_waiting=10) as audit:
        taken = [audit.record(entries(20)), audit.record([])]  # more than that, when none waits
        with pytest.raises(AuditError, match="20 scores wait to be recorded: ask again later"):
            audit.record(entries(1)).result()
        go_on.set()
        assert [one.result() for one in taken] == [None, None]
        wait_until_written(audit)
        audit.record(entries(10)).result()
        assert audit.lost == 1


def wait_until_written(audit: Audit) -> None:
    while audit.waiting:
        threading.Event().wait(0.01)


def ids(some: list[Entry]) -> list[str]:
    return [one.score_id for one in some]
