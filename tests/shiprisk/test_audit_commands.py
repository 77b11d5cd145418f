"""Scores that were recorded are shown again and worked out again, from the command line."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from shiprisk.cli import app
from shiprisk.features import Records
from shiprisk.serving import Audit
from shiprisk.serving.sent import ScoreIds, as_json
from tests.browser import browser
from tests.shiprisk.running import FAILED, WELL, Ran, as_csv

SECRET = "not-for-the-screen"


@pytest.fixture
def late(records: Records, tmp_path: Path) -> Path:
    """A file with the last 120 declarations of the world."""
    return as_csv(records.declarations.tail(120), tmp_path / "late.csv")


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a record, in the environment."""
    address = f"sqlite:///{tmp_path / 'audit.db'}"
    monkeypatch.setenv("SHIPRISK_AUDIT", address)
    return address


@pytest.fixture
def lines(
    audit: str, late: Path, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> list[bytes]:
    """What was answered to them, recorded."""
    out = tmp_path / "scores.jsonl"
    ran = shiprisk("score", late, "--model", bundle, "--out", out, "--by", "a test")
    assert ran.code == WELL, ran.said
    return out.read_bytes().splitlines()


def replayed(*words: object) -> tuple[int, bytes, str]:
    """Exit code, what was printed, and what was said beside it in one line."""
    done = CliRunner().invoke(app, ["replay-score", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout_bytes, " ".join(done.stderr.split())


def id_of(line: bytes) -> str:
    answer: dict[str, Any] = json.loads(line)
    return answer["score_id"]


def test_what_was_answered_is_printed_byte_for_byte(lines: list[bytes], bundle: Path) -> None:
    assert len(lines) == 120
    for line in lines[::40]:
        code, printed, said = replayed(id_of(line), "--model", bundle)
        assert (code, printed) == (WELL, line)
        assert "to a test by model" in said
        assert "from the recorded signals: equal" in said
        assert "from the recorded input: the same bytes" in said


def test_without_a_model_nothing_is_worked_out(lines: list[bytes]) -> None:
    code, printed, said = replayed(id_of(lines[0]))
    assert (code, printed) == (WELL, lines[0])
    assert "recorded" not in said


def test_days_of_the_batch_are_its_past_again(
    audit: str, records: Records, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    later = records.declarations.tail(60).copy()
    later["declared_on"] = later["declared_on"].mask(later.index < later.index[30], "2025-01-02")
    later["declared_on"] = later["declared_on"].mask(later.index >= later.index[30], "2025-01-03")
    file, out = as_csv(later, tmp_path / "later.csv"), tmp_path / "scores.jsonl"
    assert shiprisk("score", file, "--model", bundle, "--out", out).code == WELL
    first, *_, last = map(id_of, out.read_bytes().splitlines())
    assert "the same bytes" in replayed(first, "--model", bundle)[2]
    code, _, said = replayed(last, "--model", bundle)
    assert code == WELL
    assert "not tried, it knew the history" in said
    assert "the same bytes" in replayed(last, "--model", bundle, "--records", file)[2]


def test_a_record_that_the_model_does_not_bear_out_is_told(
    audit: str, lines: list[bytes], bundle: Path
) -> None:
    other = ScoreIds.new().of(0)
    with Audit.open(audit, durable=True) as record:
        given = record.given(id_of(lines[0]))
        answer = as_json(given.told | {"risk": 0.99, "score_id": other})
        record.record([replace(given, score_id=other, answer=answer)]).result()
    code, printed, said = replayed(other, "--model", bundle)
    assert (code, printed) == (FAILED, answer)
    assert "differ: risk" in said
    assert "other bytes" in said


def test_an_id_or_a_record_that_is_not_there_is_one_clear_line(audit: str, tmp_path: Path) -> None:
    code, printed, said = replayed("some-id")
    assert (code, printed) == (FAILED, b"")
    assert said.startswith("Stopped:")
    assert "there is no such file" in said
    assert not (tmp_path / "audit.db").exists()
    Audit.open(audit, durable=True).close()
    assert "no score of this id" in replayed("some-id")[2]


def test_no_record_named_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHIPRISK_AUDIT", raising=False)
    code, _, said = replayed("some-id")
    assert code == FAILED
    assert "give --audit, or set SHIPRISK_AUDIT" in said


def test_a_password_belongs_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, shiprisk: Callable[..., Ran]
) -> None:
    address = f"postgresql://shiprisk:{SECRET}@127.0.0.1:1/audit"
    code, _, said = replayed("some-id", "--audit", address)
    assert code == 2
    assert "SHIPRISK_AUDIT" in said
    assert SECRET not in said
    monkeypatch.setenv("SHIPRISK_AUDIT", address)
    for said in (replayed("some-id")[2], shiprisk("replay-score", "--help").said):
        assert SECRET not in said


def test_explained_lanes_are_named(
    late: Path, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    out = tmp_path / "scores.jsonl"
    words = ("score", late, "--model", bundle, "--out", out)
    assert "all, none, or some of" in shiprisk(*words, "--explain", "violet").said
    assert shiprisk(*words, "--explain", "red,yellow").code == WELL
    told = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert {answer["lane"] == "green" for answer in told} == {True, False}
    assert all((answer["families"] is None) == (answer["lane"] == "green") for answer in told)


def test_another_run_that_was_cut_off_is_told_from_this(
    late: Path, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    out = tmp_path / "scores.jsonl"
    parts = tmp_path / "scores.jsonl.parts"
    parts.mkdir()
    begun = {"about": {"records": "others"}, "started": 1, "chance": 1}
    (parts / "run.json").write_text(json.dumps(begun), encoding="utf-8")
    ran = shiprisk("score", late, "--model", bundle, "--out", out)
    assert ran.code == FAILED
    assert "a run with other records, model, history, lists, options" in ran.said
    assert shiprisk("score", late, "--model", bundle, "--out", out, "--anew").code == WELL
    assert len(out.read_bytes().splitlines()) == 120


def test_a_report_is_a_page_of_one_answer(
    lines: list[bytes], shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    answer = json.loads(max(lines, key=lambda line: json.loads(line)["risk"]))
    out = tmp_path / "report.html"
    ran = shiprisk("report", answer["score_id"], "--out", out)
    assert ran.code == WELL, ran.said
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert answer["declaration_id"] in page
    assert f"{100 * answer['risk']:.1f} %" in page
    assert "picture" not in page[page.index("<article") :]
    assert shiprisk("report", "nothing", "--out", out).code == FAILED


def test_a_report_has_pictures_where_the_history_is_given(
    lines: list[bytes], bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    score_id, out = id_of(lines[0]), tmp_path / "report.html"
    words = ("report", score_id, "--out", out, "--history", bundle / "history")
    ran = shiprisk(*words, "--language", "ru")
    assert ran.code == WELL, ran.said
    page = out.read_text(encoding="utf-8")
    assert '<html lang="ru">' in page
    assert page.count('class="picture') >= 3
    assert "owned_from_concern_share" in page
    assert shiprisk(*words, "--no-owner-nationality").code == WELL
    assert "owned_from_concern_share" not in out.read_text(encoding="utf-8")


def test_a_report_is_printed_as_pdf(
    lines: list[bytes], bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    out = tmp_path / "new" / "report.pdf"
    words = ("report", id_of(lines[0]), "--out", out)
    ran = shiprisk(*words, "--browser", browser())
    assert ran.code == WELL, ran.said
    assert out.read_bytes().startswith(b"%PDF")
    refused = shiprisk(*words, "--browser", "no-such-browser")
    assert refused.code == FAILED
    assert "no-such-browser is no program" in refused.said


def test_a_report_in_a_form_or_language_that_is_not_there_is_refused(
    shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    assert ".html or .pdf" in shiprisk("report", "x", "--out", tmp_path / "report.docx").said
    words = ("report", "x", "--out", tmp_path / "report.html", "--language", "tlh")
    assert "one of en, ru, kk" in shiprisk(*words).said
