"""Debian's Chromium for the tests, started so that it asks nobody for anything."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WITHOUT = "no browser to test with: install chromium, and playwright of the dev group"


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; without one the test is skipped, or fails where everything has to be tested."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        executable = None
    if executable is None:
        if os.environ.get("WARCLAIMS_TEST_EVERYTHING"):
            pytest.fail(WITHOUT)
        pytest.skip(WITHOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()
