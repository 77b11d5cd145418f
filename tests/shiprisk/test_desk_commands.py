"""The whole loop: score, look, write the outcome in a browser, train with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shiprisk.features import Records
from tests.browsing import sign_in, visit
from tests.serving.desk.visiting import last_day
from tests.serving.http.process import started
from tests.shiprisk.running import FAILED, WELL, Ran, table

PASSWORD = "a long enough secret"


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path / 'audit.db'}"
    monkeypatch.setenv("SHIPRISK_AUDIT", address)
    monkeypatch.setenv("SHIPRISK_PASSWORD", PASSWORD)
    return address


def test_an_outcome_written_at_the_desk_teaches_the_next_model(
    shiprisk: Callable[..., Ran],
    world: Path,
    records: Records,
    bundle: Path,
    audit: str,
    tmp_path: Path,
) -> None:
    day = last_day(records.declarations)["declared_on"].iloc[0].date()
    scores = ("score", world, "--day", day, "--model", bundle, "--out", "scores.parquet")
    assert shiprisk(*scores).code == WELL
    assert shiprisk("account", "aigul", "--role", "reviewer").code == WELL
    words = ("--model", bundle, "--desk", "--audit", audit, "--capacity", "4/day")
    with started(tmp_path, *words) as service, visit(service.address) as page:
        sign_in(page, "aigul", PASSWORD)
        assert page.locator("tr.line").inner_text().startswith("Capacity: 4")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/shipments/*")
        declared = page.title().partition(" ")[0]
        page.get_by_role("button", name="Take it", exact=True).click()
        page.get_by_text("You have taken this shipment.").wait_for()
        page.get_by_label("violation", exact=True).check()
        page.get_by_label("Kind of violation").select_option("misdeclared goods")
        page.get_by_label("What it rests on").fill("chips in place of «bearings» <b>")
        page.get_by_label("Why it was looked at").select_option("tip")
        page.get_by_role("button", name="Write it down").click()
        page.get_by_text("Written down.").wait_for()
        page.get_by_role("link", name="Next open one").click()
        page.wait_for_url(lambda url: "shipments" in url and "written" not in url)
        assert page.title().partition(" ")[0] != declared
        page.goto(f"/desk/queue?state=done&text={declared}")
        assert page.locator("td.state").inner_text().strip() == "violation"
    assert shiprisk("outcomes", "--out", "found.parquet").code == WELL
    found = table(tmp_path / "found.parquet").iloc[0]
    assert (found["declaration_id"], found["violation"]) == (declared, True)
    assert (found["kind"], found["selected_by"]) == ("misdeclared goods", "tip")
    settings = tmp_path / "small.toml"
    settings.write_text("most_trees = 20\npatience = 5\n", encoding="utf-8")
    ran = shiprisk("train", world, "--outcomes", audit, "--no-test", "--settings", settings)
    assert ran.code == WELL, ran.said
    assert "inspections written at the desk: 1" in ran.said
    assert records.inspections is not None
    known = set(map(tuple, records.inspections[["declaration_id", "item_number"]].to_numpy()))
    fresh = (declared, found["item_number"]) not in known
    assert f"{len(known) + fresh:,} inspected" in ran.said


def test_a_desk_without_accounts_or_record_does_not_begin(
    shiprisk: Callable[..., Ran], bundle: Path, audit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = shiprisk("serve", "--model", bundle, "--desk")
    assert ran.code == FAILED
    assert "shiprisk account" in ran.said
    monkeypatch.delenv("SHIPRISK_AUDIT")
    ran = shiprisk("serve", "--model", bundle, "--desk")
    assert ran.code == FAILED
    assert "--audit" in ran.said


def test_a_desk_for_others_does_not_begin_without_https(
    shiprisk: Callable[..., Ran], bundle: Path, audit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPRISK_API_KEYS", "desk:score:a-key-of-enough-letters")
    ran = shiprisk("serve", "--model", bundle, "--desk", "--host", "0.0.0.0")
    assert ran.code == FAILED
    assert "--behind-https" in ran.said


@pytest.mark.parametrize(
    ("name", "role", "password", "says"),
    [("a b", "lead", PASSWORD, "no name"), ("a", "boss", PASSWORD, "no role"),
     ("a", "lead", "short", "12 to")],
)  # fmt: skip
def test_an_account_that_makes_no_sense_is_told_in_one_line(
    shiprisk: Callable[..., Ran],
    audit: str,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    role: str,
    password: str,
    says: str,
) -> None:
    monkeypatch.setenv("SHIPRISK_PASSWORD", password)
    ran = shiprisk("account", name, "--role", role)
    assert ran.code == FAILED
    assert says in ran.said


def test_outcomes_of_another_kind_of_file_are_refused(
    shiprisk: Callable[..., Ran], audit: str
) -> None:
    assert "account" not in shiprisk("outcomes", "--out", "found.csv").said
    ran = shiprisk("outcomes", "--out", "found.xlsx")
    assert ran.code == FAILED
    assert ".parquet or .csv" in ran.said
