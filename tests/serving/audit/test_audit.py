"""What was answered can be shown again, on both databases, and nothing of it can be changed."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from shiprisk.serving.audit import Audit, AuditError, Circumstances, Entry
from shiprisk.serving.sent import ScoreIds, as_json
from tests.postgresql import PASSWORD, Server
from tests.serving.audit.made import CIRCUMSTANCES, entries, entry


def connected(address: str) -> Connection:
    """A connection of somebody else's, who does not go through the audit record."""
    url = make_url(address)
    kinds = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    return create_engine(url.set(drivername=kinds[url.drivername])).connect()


def same(one: Entry, other: Entry) -> bool:
    names = [field.name for field in fields(Entry) if field.name != "signals"]
    alike = all(getattr(one, name) == getattr(other, name) for name in names)
    return alike and np.array_equal(one.signals, other.signals, equal_nan=True)


def test_what_was_recorded_is_given_again(address: str) -> None:
    other = Circumstances("ba9876543210", "2024-08-31", "", {}, ("hub",))
    recorded = [
        *entries(3),
        entry(trader_id="ТОО «Астана»", hs_code=None, family=None, most_reasons=0, risk=1 / 3),
        entry(circumstances=other, signals=np.array([0.1 + 0.2]), answer=bytes(range(256))),
    ]
    with Audit.open(address, durable=True) as audit:
        audit.record(recorded).result()
        assert all(same(audit.given(one.score_id), one) for one in recorded)
    with Audit.open(address, durable=False) as again:
        assert all(same(again.given(one.score_id), one) for one in recorded)
        assert again.given(recorded[0].score_id).told["risk"] == 0.125


def test_an_id_that_was_never_given_is_a_clear_error(address: str) -> None:
    with Audit.open(address, durable=True) as audit, pytest.raises(AuditError, match="no score of"):
        audit.given("no-such-id")


def test_many_threads_record_at_once(address: str) -> None:
    requests = [entries(1 + at % 3) for at in range(60)]
    with Audit.open(address, durable=True) as audit, ThreadPoolExecutor(8) as pool:
        for done in list(pool.map(audit.record, requests)):
            done.result()
        asked = [one.score_id for request in requests for one in request]
        assert audit.recorded([*asked, "another"]) == set(asked)
        assert audit.waiting == audit.lost == 0


@pytest.mark.parametrize("table", ["audit_scores", "audit_circumstances", "audit_schema"])
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_database_refuses_changes(address: str, table: str, change: str) -> None:
    column = {"audit_scores": "risk", "audit_circumstances": "told", "audit_schema": "version"}
    with Audit.open(address, durable=True) as audit:
        audit.record(entries(2)).result()
    with connected(address) as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(change.format(table, column[table])))


def test_a_score_cannot_be_put_in_the_place_of_another(address: str) -> None:
    with Audit.open(address, durable=True) as audit:
        first = entry()
        audit.record([first]).result()
        with pytest.raises(AuditError, match="cannot be written"):
            audit.record([replace(first, risk=0.5)]).result()
        with connected(address) as connection:
            columns = "score_id, given_at, asked_by, day, declaration_id, item_number, trader_id, "
            columns += "lane, model_version, circumstances, received, signals, answer, answer_size"
            copied = f"({columns}, risk) SELECT {columns}, 0.5 FROM audit_scores"
            replacing = {
                "sqlite": f"INSERT OR REPLACE INTO audit_scores {copied}",
                "postgresql": f"INSERT INTO audit_scores {copied} WHERE true "
                "ON CONFLICT (score_id) DO UPDATE SET risk = EXCLUDED.risk",
            }
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(text(replacing[connection.dialect.name]))
        assert audit.given(first.score_id).risk == 0.125


def test_a_table_cannot_be_emptied(server: Server) -> None:
    address = server.new_database()  # SQLite has no TRUNCATE
    Audit.open(address, durable=True).close()
    with connected(address) as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text("TRUNCATE audit_scores"))


def test_one_faulty_entry_does_not_take_others_with_it(address: str) -> None:
    with Audit.open(address, durable=True) as audit:
        first = entry()
        audit.record([first]).result()
        faulty = [
            first,
            entry(received={"net_mass_kg": object()}),
            entry(trader_id="half of a pair: \ud800"),
            entry(asked_by=None),
        ]
        good = entries(5)
        asked = [audit.record([one]) for pair in zip(good, faulty, strict=False) for one in pair]
        for at, done in enumerate(asked):
            assert (done.exception() is not None) == bool(at % 2), done.exception()
        assert isinstance(asked[1].exception(), AuditError)
        assert audit.lost == len(faulty)
        assert len(audit.recorded(one.score_id for one in good)) == len(faulty)


def test_a_record_of_another_version_is_refused(address: str) -> None:
    Audit.open(address, durable=True).close()
    with connected(address) as connection:
        connection.execute(text("INSERT INTO audit_schema (version) VALUES (99)"))
        connection.commit()
    with pytest.raises(AuditError, match="version 99, this version of shiprisk writes 2"):
        Audit.open(address, durable=True)


def test_who_comes_at_once_finds_one_set_of_tables(address: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: Audit.open(address, durable=True), range(4)))
    for audit in opened:
        audit.record(entries(2)).result()
        audit.close()
    with connected(address) as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_scores")) == 8
        assert connection.scalar(text("SELECT count(*) FROM audit_circumstances")) == 1


def test_after_closing_nothing_is_taken(address: str) -> None:
    waiting = [entries(40) for _ in range(10)]
    audit = Audit.open(address, durable=False)
    for request in waiting:
        audit.record(request)
    audit.close()
    audit.record(entries(3))
    assert audit.lost == 3
    with Audit.open(address, durable=True) as again:
        assert len(again.recorded(one.score_id for some in waiting for one in some)) == 400
    with pytest.raises(AuditError, match="closed"):
        again.record(entries(1)).result()


@pytest.mark.parametrize(
    "wrong",
    ["audit.db", "sqlite://", "sqlite:///:memory:", "mysql://root:%s@host/db", "://%s", ""],
)
def test_an_address_that_is_none_is_told_without_its_password(wrong: str) -> None:
    with pytest.raises(AuditError, match=r"sqlite:///audit\.db or postgresql://") as told:
        Audit.open(wrong.replace("%s", PASSWORD), durable=True)
    assert PASSWORD not in str(told.value)


def test_a_database_that_cannot_be_had_is_told_without_its_password() -> None:
    wrong = f"postgresql://shiprisk:{PASSWORD}@127.0.0.1:1/audit"
    with pytest.raises(AuditError, match=r"postgresql://127\.0\.0\.1/audit cannot be used") as told:
        Audit.open(wrong, durable=True)
    assert PASSWORD not in str(told.value)
    with pytest.raises(AuditError, match=r"sqlite:////nowhere/audit\.db cannot be used"):
        Audit.open("sqlite:////nowhere/audit.db", durable=True)


def test_commits_wait_for_the_disk_where_that_was_asked_for(address: str) -> None:
    asked = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
    told = []
    for durable in (True, False):
        with Audit.open(address, durable) as audit, audit._engine.connect() as connection:
            told.append(connection.scalar(text(asked[connection.dialect.name])))
    assert told in ([2, 1], ["on", "off"])


def test_ids_are_uuids_that_sort_by_time_and_place() -> None:
    earlier, later = ScoreIds(1_750_000_000_000_000_000, 5), ScoreIds(1_750_000_000_000_000_250, 1)
    named = [ids.of(place) for ids in (earlier, later) for place in (0, 1, 255, 256, 70_000)]
    assert named == sorted(named)
    assert len(set(named)) == len(named)
    for name in named:
        read = uuid.UUID(name)
        assert (read.version, read.variant) == (7, uuid.RFC_4122)
        assert str(read) == name
        assert read.int >> 80 == 1_750_000_000_000
    with pytest.raises(ValueError, match="names reach to"):
        earlier.of(1 << 32)
    assert ScoreIds.new().of(0) != ScoreIds.new().of(0)


def test_an_answer_is_compact_json_and_an_unknown_number_null() -> None:
    answer = {"risk": 0.1, "text": "ТОО", "value": float("nan"), "day": date(2024, 7, 1)}
    told = '{"risk":0.1,"text":"ТОО","value":null,"day":"2024-07-01"}'
    assert as_json(answer) == told.encode()


def test_circumstances_are_told_apart_by_all_that_they_hold() -> None:
    edits = [
        {"model_version": "x"}, {"history_through": "x"}, {"history_digest": "x"},
        {"lists": {}}, {"signals": ()},
    ]  # fmt: skip
    digests = {replace(CIRCUMSTANCES, **edit).digest for edit in edits} | {CIRCUMSTANCES.digest}
    assert len(digests) == 6
