"""Debian's Chromium, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# The one without windows paints the same pages with a fifth of the work for each new one.
_PROGRAM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def what_chromium_lacks() -> str:
    """Return why no browser test can run here, or an empty text."""
    if _PROGRAM is None:
        return "Chromium is not installed: no browser test has run"
    if not _has_chinese_font():
        return "no Chinese font is installed: no browser test has run"
    return ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the browser until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_PROGRAM, args=_ARGUMENTS)
        yield browser
        browser.close()


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())
