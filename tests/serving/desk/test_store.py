"""What the desk keeps, on both databases: nothing is overwritten, nobody writes unseen."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from shiprisk.serving.desk.store import (
    DeskError,
    Finding,
    Item,
    Overtaken,
    Store,
    Wanted,
    inspections_of,
)
from shiprisk.serving.selection import Capacity, Selection
from tests.serving.desk.store_made import DAY, record, scored

ITEM = Item("score", "D1", 1, DAY)
NOTHING = Finding("nothing", "weighed and opened", DAY)
PASSWORD = "a long enough secret"


def test_an_account_opens_to_its_password_alone(address: str) -> None:
    accounts = Store.open(address).accounts
    accounts.set("aigul", "lead", "root", PASSWORD)
    assert accounts.admitted("aigul", PASSWORD) is not None
    assert accounts.admitted("aigul", PASSWORD + "x") is None
    assert accounts.admitted("nobody", PASSWORD) is None


def test_a_closed_account_stays_on_record_and_lets_nobody_in(address: str) -> None:
    accounts = Store.open(address).accounts
    accounts.set("aigul", "lead", "root", PASSWORD)
    accounts.set("aigul", "lead", "root", open=False)
    found = accounts.find("aigul")
    assert found is not None
    assert not found.may("reviewer")
    assert accounts.admitted("aigul", PASSWORD) is None
    accounts.set("aigul", "reviewer", "root")
    assert accounts.admitted("aigul", PASSWORD) == accounts.every()[0]


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [("", "lead", PASSWORD), ("a b", "lead", PASSWORD), ("a", "god", PASSWORD), ("a", "lead", "x")],
)
def test_an_account_that_makes_no_sense_is_refused(
    tmp_path, name: str, role: str, password: str
) -> None:
    with pytest.raises(DeskError):
        Store.open(f"sqlite:///{tmp_path / 'a.db'}").accounts.set(name, role, "root", password)


def test_no_password_is_in_the_database(tmp_path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'a.db'}").accounts.set("aigul", "lead", "root", PASSWORD)
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"argon2id" in written
    assert PASSWORD.encode() not in written


def test_a_session_lasts_until_it_is_idle_or_ended(address: str) -> None:
    sessions = Store.open(address).sessions
    session = sessions.begin("aigul")
    assert sessions.find(session.secret) == session
    assert sessions.find("another") is None
    assert replace(sessions, idle_minutes=-1).find(session.secret) is None
    assert replace(sessions, most_hours=-1).find(session.secret) is None
    sessions.end(session)
    assert sessions.find(session.secret) is None


def test_wrong_passwords_lock_a_name_and_an_address(address: str) -> None:
    trail = Store.open(address).trail
    for at in range(5):
        assert not trail.locked("aigul", "10.0.0.1")
        trail.note("aigul", "refused", address=f"10.0.0.{at}")
    assert trail.locked("aigul", "10.0.0.9")
    assert not trail.locked("berik", "10.0.0.9")
    for at in range(20):
        trail.note(f"guess{at}", "refused", address="10.0.0.7")
    assert trail.locked("berik", "10.0.0.7")


def test_who_took_a_shipment_is_known_until_it_is_given_back(address: str) -> None:
    trail = Store.open(address).trail
    trail.note("aigul", "took", "D1")
    trail.note("berik", "took", "D1")
    assert trail.taken(["D1", "D2"])["D1"][0] == "berik"
    trail.note("berik", "gave_back", "D1")
    assert trail.taken(["D1"]) == {}


def test_an_outcome_follows_the_one_that_its_writer_knew(address: str) -> None:
    outcomes = Store.open(address).outcomes
    first = outcomes.write([ITEM], NOTHING, "aigul", False, [""])[0]
    violation = Finding("violation", "other goods", DAY, kind="misdeclared goods")
    with pytest.raises(Overtaken):
        outcomes.write([ITEM], violation, "berik", False, [""])
    with pytest.raises(Overtaken):
        outcomes.write([ITEM], violation, "berik", False, ["an outcome that there is not"])
    outcomes.write([ITEM], violation, "berik", False, [first.outcome_id])
    told = outcomes.of_shipments(["D1"])["D1"]
    assert [one.found for one in told] == ["nothing", "violation"]
    assert [one.found for one in outcomes.newest()] == ["violation"]


def test_of_two_who_write_at_once_one_is_told(address: str) -> None:
    store = Store.open(address)

    def write(by: str) -> bool:
        try:
            store.outcomes.write([ITEM, replace(ITEM, item_number=2)], NOTHING, by, False, ["", ""])
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, ["a", "b", "c", "d"])) == 1
    assert len(store.outcomes.newest()) == 2


def test_a_second_person_confirms_and_only_then_does_it_teach(address: str) -> None:
    outcomes = Store.open(address).outcomes
    written = outcomes.write([ITEM], NOTHING, "aigul", True, [""])[0]
    assert inspections_of(outcomes.newest()).empty
    with pytest.raises(DeskError, match="second person"):
        outcomes.confirm(written, "aigul")
    confirmed = outcomes.confirm(written, "berik")
    with pytest.raises(DeskError, match="waits for nobody"):
        outcomes.confirm(confirmed, "aigul")
    taught = inspections_of(outcomes.newest())
    assert taught[["declaration_id", "violation"]].values.tolist() == [["D1", False]]


def test_what_nobody_looked_at_teaches_nothing(address: str) -> None:
    outcomes = Store.open(address).outcomes
    for at, found in enumerate(["cleared", "documents"]):
        item = replace(ITEM, item_number=at + 1)
        outcomes.write([item], Finding(found, "papers are in order", DAY), "a", False, [""])
    assert inspections_of(outcomes.newest()).empty


@pytest.mark.parametrize(
    "edits",
    [
        {"found": "guilty"},
        {"found": "violation"},
        {"kind": "diversion"},
        {"reason": " "},
        {"reason": "x" * 3000},
        {"known_on": date.today() + timedelta(days=2)},
        {"selected_by": "chance"},
    ],
)
def test_a_finding_that_makes_no_sense_is_refused(edits: dict) -> None:
    with pytest.raises(DeskError):
        replace(NOTHING, **edits)


def test_an_outcome_is_never_known_before_its_day(address: str) -> None:
    early = replace(NOTHING, known_on=DAY - timedelta(days=1))
    with pytest.raises(DeskError, match="earlier"):
        Store.open(address).outcomes.write([ITEM], early, "aigul", False, [""])


@pytest.mark.parametrize("table", ["desk_accounts", "desk_trail", "desk_outcomes", "desk_lists"])
def test_the_database_refuses_changes(address: str, table: str) -> None:
    store = Store.open(address)
    record(address, [scored("D1", 0.5)])
    store.accounts.set("aigul", "lead", "root", PASSWORD)
    store.trail.note("aigul", "queue")
    store.lists.draw(DAY, Selection(Capacity.of("1/day")), "aigul")
    store.outcomes.write([ITEM], NOTHING, "aigul", False, [""])
    kinds = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    url = make_url(address)
    other = create_engine(url.set(drivername=kinds[url.drivername]))
    for change in (f'UPDATE {table} SET "by" = "by"', f"DELETE FROM {table}"):
        with other.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(change))


def test_a_shipment_stands_in_the_queue_by_its_riskiest_newest_item(address: str) -> None:
    record(address, [scored("D1", 0.9), scored("D1", 0.3, 2), scored("D2", 0.6, lane="yellow")])
    later = {"given_at": "2024-07-01T09:00:00.000000+00:00"}
    record(address, [scored("D1", 0.1, **later), scored("D3", 0.05, given_at="2024-07-02")])
    page = Store.open(address).queue.page(Wanted(DAY))
    told = [(row.place, row.declaration_id, row.item_number, row.items) for row in page.rows]
    assert told == [(1, "D2", 1, 1), (2, "D1", 2, 2), (3, "D3", 1, 1)]
    assert (page.found, page.of) == (3, 3)


def test_filters_let_through_what_they_say_and_keep_places(address: str) -> None:
    record(address, [
        scored("D1", 0.9, hs_code="854231", country_of_dispatch="AE", lane="red"),
        scored("D2", 0.8, hs_code="8542", family="price", words="D2 чипы 100%_".casefold()),
        scored("D3", 0.7, hs_code=None, customs_office="55302", lane="green"),
    ])  # fmt: skip
    store = Store.open(address)
    store.outcomes.write([Item("s", "D2", 1, DAY)], NOTHING, "aigul", False, [""])

    def places(**wanted: str) -> list[int]:
        return [row.place for row in store.queue.page(Wanted(DAY, **wanted)).rows]

    assert places(goods="8542") == [1, 2]
    assert places(hub="AE") == [1]
    assert places(office="55302") == [3]
    assert places(family="price") == [2]
    assert places(lane="red") == [1, 2]
    assert places(text="ЧИПЫ 100%_") == [2]
    assert places(text="100__") == []
    assert places(state="done") == [2]
    assert places(state="open") == [1, 3]
    assert places(goods="8542", state="open") == [1]


def test_what_waits_for_documents_or_a_second_person_is_open(address: str) -> None:
    record(address, [scored("D1", 0.9), scored("D2", 0.8), scored("D3", 0.7)])
    store = Store.open(address)
    documents = replace(NOTHING, found="documents")
    asked = store.outcomes.write([ITEM], documents, "aigul", False, [""])[0]
    waiting = store.outcomes.write(
        [replace(ITEM, declaration_id="D2")], NOTHING, "aigul", True, [""]
    )[0]

    def done() -> list[str]:
        page = store.queue.page(Wanted(DAY, state="done"))
        return [row.declaration_id for row in page.rows]

    assert done() == []
    store.outcomes.write([ITEM], NOTHING, "aigul", False, [asked.outcome_id])
    store.outcomes.confirm(waiting, "berik")
    assert done() == ["D1", "D2"]


def test_pages_follow_one_another(address: str) -> None:
    record(address, [scored(f"D{at:03}", 1 - at / 200) for at in range(120)])
    queue = Store.open(address).queue
    places = [row.place for page in (1, 2, 3) for row in queue.page(Wanted(DAY, page=page)).rows]
    assert places == list(range(1, 121))
    assert queue.page(Wanted(DAY, page=99)).rows[0].place == 101
    assert queue.days() == [DAY]


def test_a_list_is_drawn_with_its_chances_and_drawn_again(address: str) -> None:
    record(address, [scored(f"D{at:02}", 1 - at / 100) for at in range(50)])
    lists = Store.open(address).lists
    assert lists.draw(DAY, Selection(Capacity.of("10/day"), random_share=0.2), "aigul") == 10
    first = lists.of_day(DAY)
    assert first is not None
    chosen = lists.chosen(first, [f"D{at:02}" for at in range(50)])
    routes = [one.selected_by for one in chosen.values()]
    assert set(routes) == {"model", "random"}
    assert len(routes) == 10
    assert all(0 < one.selection_probability <= 1 for one in chosen.values())
    assert lists.draw(DAY, Selection(Capacity.of("2/day"), random_share=0), "berik") == 2
    again = lists.of_day(DAY)
    assert again is not None
    assert (again.by, again.capacity) == ("berik", "2/day")
    with pytest.raises(DeskError, match="no scores"):
        lists.draw(date(2020, 1, 1), Selection(Capacity.of("2/day")), "berik")
