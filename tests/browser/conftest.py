"""Chromium and a server process with the real content. Without Chromium the tests are skipped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.desk import BrowserDesk
from tests.web.site import Site, real_site

REPOSITORY = Path(__file__).resolve().parents[2]
WIDE = {"width": 1440, "height": 900}
_START_SECONDS = 60
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says what is missing."""
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(chromium).exists():
        pytest.skip("Chromium is not installed: no browser test has run")
    if not _has_chinese_font():
        pytest.skip("no Chinese font is installed: no browser test has run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        browser.close()


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site over the content that is shipped."""
    return real_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="package")
def base(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server process over the site."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "tests.browser.served:create"]
    command += ["--port", str(port), "--no-access-log", "--log-level", "warning"]
    environment = {**os.environ, "KB_DATA_DIR": str(site.settings.data_dir)}
    log = tmp_path_factory.mktemp("served") / "log.txt"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_served(address, process, log)
            yield address
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_served(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310 - our own
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")


@pytest.fixture
def desk(browser: Browser, base: str) -> Iterator[BrowserDesk]:
    """A fresh page; at the end it must not have complained."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    desk = BrowserDesk(context.new_page(), base)
    yield desk
    context.close()
    assert desk.problems == []
    assert desk.foreign_requests == []


@pytest.fixture
def plain_desk(browser: Browser, base: str) -> Iterator[BrowserDesk]:
    """A fresh page with JavaScript switched off."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN", java_script_enabled=False)
    yield BrowserDesk(context.new_page(), base)
    context.close()
