"""A page printed by a real browser: on a few sheets, and clear words where that fails."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from shiprisk.serving import Scorer, Words, print_pdf, report_page
from shiprisk.serving.desk import PrintingError, Shipment
from tests.browser import browser
from tests.serving.desk.made import of_example


@pytest.fixture(scope="module")
def shipment(scorer: Scorer) -> Shipment:
    return of_example(scorer)


def test_a_report_is_printed_on_a_few_sheets(
    shipment: Shipment, scorer: Scorer, tmp_path: Path
) -> None:
    out = tmp_path / "report.pdf"
    page = report_page(shipment, Words.of("en"), scorer.history)
    print_pdf(page, out, browser())
    printed = out.read_bytes()
    assert printed.startswith(b"%PDF")
    assert len(printed) > 20_000
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 12
    if reader := shutil.which("pdftotext"):
        told = subprocess.run([reader, out, "-"], capture_output=True, text=True, check=True)
        assert f"{100 * shipment.answer['risk']:.1f} %" in told.stdout
        assert shipment.given.declaration_id in told.stdout


def test_without_a_browser_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrintingError, match=r"install Chromium, Chrome or Edge.*--browser"):
        print_pdf("<p>page</p>", tmp_path / "out.pdf")
    with pytest.raises(PrintingError, match="no-such-browser is no program"):
        print_pdf("<p>page</p>", tmp_path / "out.pdf", "no-such-browser")


def test_a_program_that_prints_nothing_is_told(tmp_path: Path) -> None:
    script = tmp_path / "quits"
    script.write_text("#!/bin/sh\necho cannot go on >&2\nexit 3\n", encoding="utf-8")
    script.chmod(0o755)
    with pytest.raises(PrintingError, match=r"printed nothing \(exit code 3\): cannot go on"):
        print_pdf("<p>page</p>", tmp_path / "out.pdf", str(script))
    assert not (tmp_path / "out.pdf").exists()
