"""A page as PDF, printed by a browser that is installed: no library draws it as well."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "microsoft-edge-stable", "msedge",
)  # fmt: skip

# The page is only printed: nothing is fetched, reported or kept.
_ALONE = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--disable-quic", "--proxy-server=127.0.0.1:9",
    "--no-pdf-header-footer",
)  # fmt: skip

_SECONDS = 60


class PrintingError(OSError):
    """A page that could not be printed."""


def print_pdf(page: str, out: Path, browser: str | None = None) -> None:
    """Print a page that needs nothing else into a PDF file; PrintingError where that fails.

    browser: the program, by its path or name; else the first of Chromium, Chrome and Edge on PATH.
    """
    program = _program(browser)
    with tempfile.TemporaryDirectory(prefix="shiprisk-print-", ignore_cleanup_errors=True) as home:
        source, printed = Path(home, "page.html"), Path(home, "page.pdf")
        source.write_text(page, encoding="utf-8")
        words = [program, *_ALONE, *_as_root(), f"--user-data-dir={home}/profile"]
        _run([*words, f"--print-to-pdf={printed}", source.as_uri()], printed)
        out.write_bytes(printed.read_bytes())


def _program(browser: str | None) -> str:
    for name in _BROWSERS if browser is None else (browser,):
        if found := shutil.which(name):
            return found
    if browser is not None:
        raise PrintingError(f"{browser} is no program that can be run here")
    raise PrintingError(
        "no browser to print with is on PATH: install Chromium, Chrome or Edge (Debian: apt "
        "install chromium), name one with --browser, or write .html and print that"
    )


def _as_root() -> list[str]:
    """Chromium refuses to sandbox what root runs. The page holds no script and may run none."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _run(words: list[str], printed: Path) -> None:
    try:
        done = subprocess.run(words, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise PrintingError(f"{words[0]} printed nothing within {_SECONDS} seconds") from error
    except OSError as error:
        raise PrintingError(f"{words[0]} cannot be run: {error}") from error
    if not printed.is_file() or not printed.read_bytes().startswith(b"%PDF"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise PrintingError(
            f"{words[0]} printed nothing (exit code {done.returncode}): {said[-1] if said else ''}"
        )
