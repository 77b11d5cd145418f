"""A browser that a test drives as a person would."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from tests.browser import browser

# Without these it asks the network for what no test needs.
_QUIET = ["--disable-gpu", "--disable-quic", "--disable-background-networking"]


@contextmanager
def visit(base: str, **options: object) -> Iterator[Page]:
    """A page of a new browser. Whatever a page logs as an error fails the test."""
    program = browser()
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=[*_QUIET, *alone])
        context = running.new_context(base_url=base, **options)  # type: ignore[arg-type]
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        yield page
        running.close()
    assert not wrong, wrong


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/desk/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/queue")
