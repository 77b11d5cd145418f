"""The page of signals is made from the registry and holds all of it."""

from pathlib import Path

from shiprisk.features import SIGNALS, signals_page

COMMITTED = Path(__file__).parents[2] / "docs" / "signals.md"


def test_the_committed_page_is_up_to_date() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == signals_page(), "out of date: run `make docs`"


def test_every_signal_is_on_the_page_with_its_meaning_and_flags() -> None:
    lines = signals_page().splitlines()
    for signal in SIGNALS:
        row = next(line for line in lines if line.startswith(f"| `{signal.name}`"))
        assert signal.meaning in row
        assert all(flag in row for flag in signal.flags)
        assert ("**sensitive**" in row) == signal.sensitive
