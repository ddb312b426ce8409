"""The preview follows the text, keeps its place, and marks the row at the cursor."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.editor.editor import BrowserEditor
from tests.content_samples import SAMPLE, line_of

pytestmark = pytest.mark.browser


def test_the_preview_shows_what_is_typed(editor: BrowserEditor) -> None:
    preview = editor.page.locator("#kb_preview")
    expect(preview.locator("h2")).to_have_text("变更联系电话")
    editor.go_to(line_of("title:", SAMPLE))
    editor.type("规程")
    expect(preview.locator("h2")).to_have_text("变更联系电话规程")


def test_the_row_at_the_cursor_is_marked(editor: BrowserEditor) -> None:
    here = editor.page.locator("#kb_preview .at-cursor")
    expect(editor.page.locator("#kb_preview h2")).to_be_visible()
    expect(here).to_have_count(0)
    editor.go_to(line_of("   - 必说: 变更要由", SAMPLE))
    expect(here).to_have_text("verify/必说/1")
    # A blank line belongs to the row above it.
    editor.go_to(line_of("## 常见追问", SAMPLE) - 1)
    expect(here).to_have_text("时效/更新短信名单")
    editor.go_to(line_of("title:", SAMPLE))
    expect(here).to_have_count(0)


def test_the_preview_keeps_its_place_while_typing_and_follows_the_cursor(
    editor: BrowserEditor,
) -> None:
    preview = editor.page.locator("#kb_preview")
    preview.evaluate("element => element.style.height = '120px'")
    expect(preview.locator("p").first).to_be_visible()
    editor.go_to(line_of("- 转主管:", SAMPLE))
    expect(preview.locator(".at-cursor")).to_be_in_viewport()
    down = preview.evaluate("element => element.scrollTop")
    assert down > 0

    preview.evaluate("element => { element.scrollTop = 60; }")
    editor.type("，转主管")
    editor.go_to(line_of("- 转主管:", SAMPLE))
    with editor.page.expect_response("**/preview"):
        editor.type("。")
    editor.page.wait_for_timeout(300)
    assert preview.evaluate("element => element.scrollTop") == 60


def test_nothing_in_the_preview_leads_away(editor: BrowserEditor) -> None:
    row = editor.page.locator("#kb_preview p").first
    expect(row).to_be_visible()
    row.evaluate("row => { row.innerHTML = '<a href=/elsewhere>x</a>'; }")
    row.locator("a").click()
    assert editor.page.url.rstrip("/") == editor.site.address
