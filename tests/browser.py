"""A browser of the system's packages, for tests that need a real one."""

import os
import shutil

import pytest


def browser() -> str:
    """The program; skips, or on a build server fails, without one."""
    for name in ("chromium", "chromium-browser", "google-chrome", "microsoft-edge"):
        if found := shutil.which(name):
            return found
    told = "no browser here: install Debian's package `chromium`"
    return pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
