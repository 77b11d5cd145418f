"""The page and its picture."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from shiprisk import printing
from shiprisk.training.comparison import Outcome, write_report
from shiprisk.training.comparison.picture import levels
from shiprisk.training.comparison.shocks import after_shocks


def test_the_page_names_every_selector_and_shows_its_picture(
    outcome: Outcome, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    write_report(outcome, page, "the command", "**quiet**: nothing happens.")
    text = page.read_text(encoding="utf-8")
    for name in outcome.figures.index:
        assert f"| {name} |" in text
        assert f"- **{name}**: " in text
    for told in (
        "`the command`",
        "**quiet**: nothing happens.",
        "(page.png)",
        "After the crackdown",
    ):
        assert told in text
    assert "nan" not in text
    assert (tmp_path / "page.png").stat().st_size > 10_000


def test_what_did_not_happen_is_left_out(outcome: Outcome, tmp_path: Path) -> None:
    still = replace(
        outcome, shocks=after_shocks(outcome.monthly, {}), shock_days={}, coins=None,
        intervals=pd.DataFrame(), never_seen_intervals=pd.DataFrame(), stood_in=(),
    )  # fmt: skip
    write_report(still, tmp_path / "page.md", "the command")
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "Control" not in text
    assert "After" not in text
    assert "stood in" not in text
    told = replace(still, stood_in=("2024-05, shiprisk: 3 violations",))
    write_report(told, tmp_path / "page.md", "the command")
    assert "- 2024-05, shiprisk: 3 violations" in (tmp_path / "page.md").read_text("utf-8")


def test_the_terminal_shows_the_main_figures(
    outcome: Outcome, capsys: pytest.CaptureFixture[str]
) -> None:
    printing.selectors(outcome.figures, Path("page.md"))
    shown = capsys.readouterr().out
    assert all(name in shown for name in outcome.figures.index)
    assert f"{outcome.figures.loc['at random', 'precision @5%']:.3f}" in shown
    assert "page.md" in shown


def test_names_of_shocks_close_in_time_stand_above_each_other() -> None:
    days = [date(2024, 1, 1), date(2024, 5, 1), date(2024, 5, 20), date(2024, 6, 10)]
    assert levels(days, 75) == [0, 2, 1, 0]
    assert levels(days, 15) == [0, 0, 0, 0]
    assert levels([], 75) == []
