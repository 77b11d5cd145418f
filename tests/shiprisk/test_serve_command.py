"""`serve` says in one line why it does not begin; tests/serving/http tests what it answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shiprisk.running import FAILED, Ran


def test_strangers_are_not_answered(
    shiprisk: Callable[..., Ran], bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHIPRISK_API_KEYS", raising=False)
    ran = shiprisk("serve", "--model", bundle, "--host", "0.0.0.0")
    assert ran.code == FAILED
    assert "SHIPRISK_API_KEYS" in ran.said
    assert "127.0.0.1" in ran.said


def test_an_entry_of_the_keys_that_makes_no_sense_is_named(
    shiprisk: Callable[..., Ran], bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPRISK_API_KEYS", "desk:scoring:a-key-of-enough-letters")
    ran = shiprisk("serve", "--model", bundle)
    assert ran.code == FAILED
    assert "entry 1 of SHIPRISK_API_KEYS (desk) has the unknown role scoring" in ran.said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--model", "nowhere"], "no directory of a model"),
        ([], "does not exist"),
    ],
)
def test_without_a_model_there_is_no_service(
    shiprisk: Callable[..., Ran], words: list[str], says: str
) -> None:
    ran = shiprisk("serve", *words)
    assert ran.code == FAILED
    assert says in ran.said


def test_a_history_that_is_none_is_named(
    shiprisk: Callable[..., Ran], bundle: Path, tmp_path: Path
) -> None:
    ran = shiprisk("serve", "--model", bundle, "--history", tmp_path)
    assert ran.code == FAILED
    assert "no readable history" in ran.said


def test_limits_come_from_the_environment(
    shiprisk: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPRISK_MOST_RECORDS", "0")
    ran = shiprisk("serve")
    assert ran.code == 2
    assert "SHIPRISK_MOST_RECORDS" in ran.said or "--most-records" in ran.said
