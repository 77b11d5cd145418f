"""What was measured for a page is put between its markers and stays when the page is made anew."""

from pathlib import Path

import pytest

from shiprisk.features import ReadError
from shiprisk.training.measured import carried_over, put

BEGIN, END = "<!-- speed:begin -->", "<!-- speed:end -->"


def test_only_what_stands_between_the_markers_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    put(page, "speed", r"new \1")
    once = page.read_text(encoding="utf-8")
    put(page, "speed", r"new \1")
    assert page.read_text(encoding="utf-8") == once
    assert once == f"before\n{BEGIN}\n\nnew \\1\n\n{END}\nafter\n"


@pytest.mark.parametrize("text", ["none", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}<!-- cost:end -->"])
def test_a_page_without_its_markers_is_named_and_left_alone(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r"page\.md.*speed:begin"):
        put(page, "speed", "new")
    assert page.read_text(encoding="utf-8") == text


def test_a_page_made_anew_keeps_each_measured_part_where_it_belongs() -> None:
    cost = "<!-- cost:begin -->{}<!-- cost:end -->"
    old = f"old head {BEGIN}7 ms{END} {cost.format('3 EUR')}"
    new = f"{cost.format('')} new head {BEGIN}{END} <!-- size:begin --><!-- size:end -->"
    kept = carried_over(old, new)
    assert kept == (
        f"{cost.format('3 EUR')} new head {BEGIN}7 ms{END} <!-- size:begin --><!-- size:end -->"
    )
    assert carried_over(kept, new) == kept


def test_a_new_page_without_markers_carries_nothing() -> None:
    assert carried_over(f"{BEGIN}7 ms{END}", "new") == "new"
