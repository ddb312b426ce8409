"""Chromium on a page with the editor alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.desk import WIDE
from tests.browser.editor.editor import BrowserEditor
from tests.browser.editor.site import EditorSite


@pytest.fixture
def site() -> Iterator[EditorSite]:
    """A server with one file that nobody else knows."""
    site = EditorSite()
    with site.running():
        yield site


@pytest.fixture
def editor(browser: Browser, site: EditorSite) -> Iterator[BrowserEditor]:
    """The page of the site, opened; at the end it must not have complained."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    editor = BrowserEditor(context.new_page(), site)
    editor.open()
    yield editor
    context.close()
    assert editor.problems == []
