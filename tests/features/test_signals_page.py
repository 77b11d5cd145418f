"""The page of signals is made from the registry and holds all of it."""

from pathlib import Path

from shiprisk.features import SIGNALS, TYPOLOGIES, signals_page
from shiprisk.training.measured import carried_over

COMMITTED = Path(__file__).parents[2] / "docs" / "signals.md"


def test_the_committed_page_is_up_to_date() -> None:
    committed = COMMITTED.read_text(encoding="utf-8")
    assert committed == carried_over(committed, signals_page()), "out of date: run `make docs`"


def test_every_signal_is_on_the_page_with_its_meaning_and_flags() -> None:
    lines = signals_page().splitlines()
    for signal in SIGNALS:
        row = next(line for line in lines if line.startswith(f"| `{signal.name}`"))
        assert signal.meaning in row
        assert all(flag in row for flag in signal.flags)
        assert ("**sensitive**" in row) == signal.sensitive


def test_every_typology_is_seen_by_signals_and_on_the_page_with_them() -> None:
    lines = signals_page().splitlines()
    for number, typology in TYPOLOGIES.items():
        seen_by = [signal for signal in SIGNALS if number in signal.sees]
        assert seen_by, number
        row = next(line for line in lines if line.startswith(f"| {number} {typology.name} |"))
        assert all(f"`{signal.name}`" in row for signal in seen_by)


def test_the_committed_page_says_what_the_families_are_worth_for_every_typology() -> None:
    measured = COMMITTED.read_text(encoding="utf-8").partition("<!-- ablation:begin -->")[2]
    lines = measured.partition("<!-- ablation:end -->")[0].splitlines()
    for number, typology in TYPOLOGIES.items():
        rows = [line for line in lines if line.startswith(f"| {number} {typology.name} |")]
        assert len(rows) == 3, "out of date: run benchmarks/ablation.py --page docs/signals.md"
        families = {signal.family for signal in SIGNALS if number in signal.sees}
        assert all(set(row.split(" | ")[1].split(", ")) == families for row in rows)


def test_every_red_flag_is_on_the_page_with_the_signals_that_compute_it() -> None:
    lines = signals_page().splitlines()
    for signal in SIGNALS:
        for flag in signal.flags:
            row = next(line for line in lines if line.startswith(f"| {flag} |"))
            assert f"`{signal.name}`" in row


def test_the_page_says_what_no_signal_can_see() -> None:
    unseen = signals_page().partition("## What no signal can see")[2].partition("##")[0]
    assert "shuttle trade" in unseen
    assert "no proof of safety" in unseen
