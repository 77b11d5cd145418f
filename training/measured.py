"""Measured parts of pages: what a command measured stands between two markers of a page."""

import re
from pathlib import Path

from shiprisk.features import ReadError

_PART = re.compile(r"<!-- (?P<name>[\w-]+):begin -->(?P<text>.*?)<!-- (?P=name):end -->", re.DOTALL)


def put(page: Path, part: str, text: str) -> None:
    """Put text between the markers of a part of a page; ReadError where the page lacks them."""
    whole = page.read_text(encoding="utf-8")
    if part not in _parts(whole):
        begin, end = _markers(part)
        raise ReadError(f"{page}: has no line {begin} with a line {end} after it")
    page.write_text(_filled(whole, {part: f"\n\n{text}\n\n"}), encoding="utf-8")


def carried_over(old: str, new: str) -> str:
    """The new text of a page with what was measured for the old one in its place."""
    return _filled(new, _parts(old))


def _parts(page: str) -> dict[str, str]:
    return {found["name"]: found["text"] for found in _PART.finditer(page)}


def _filled(page: str, parts: dict[str, str]) -> str:
    def filled(found: re.Match[str]) -> str:
        begin, end = _markers(found["name"])
        return begin + parts.get(found["name"], found["text"]) + end

    return _PART.sub(filled, page)


def _markers(part: str) -> tuple[str, str]:
    return f"<!-- {part}:begin -->", f"<!-- {part}:end -->"
