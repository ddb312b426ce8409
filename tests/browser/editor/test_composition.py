"""An input method composes in peace: nothing half-composed is saved, checked or completed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.editor.editor import BrowserEditor
from tests.content_samples import SAMPLE, line_of

pytestmark = pytest.mark.browser

ROUTE = line_of("- 转二线:", SAMPLE)
LONGER_THAN_A_SAVE_MS = 2600


@pytest.fixture(params=["rich", "plain"])
def composing(request: pytest.FixtureRequest, editor: BrowserEditor) -> BrowserEditor:
    """The editor at the end of a line, in CodeMirror or in the textarea."""
    if request.param == "plain":
        editor.page.get_by_role("button", name="纯文本").click()
    editor.go_to(ROUTE)
    return editor


def test_only_the_chosen_text_is_kept(composing: BrowserEditor) -> None:
    for half in ("b", "ba", "bao", "bao dan"):
        composing.compose(half)
    composing.page.wait_for_timeout(LONGER_THAN_A_SAVE_MS)
    assert composing.site.saves == []
    assert composing.page.evaluate("localStorage.getItem('kb.editor./save')") is None

    composing.commit("保单")
    composing.site.wait_for_saved("系统登记不上。保单\n")
    assert not any("bao" in text for text in (*composing.site.saves, *composing.site.checks))
    assert composing.text == composing.site.text


def test_typing_before_a_composition_is_saved_without_it(composing: BrowserEditor) -> None:
    composing.type("先")
    composing.compose("bao")
    composing.site.wait_for_saved("系统登记不上。先\n")
    assert not any("bao" in text for text in (*composing.site.saves, *composing.site.checks))
    composing.commit("报")
    composing.site.wait_for_saved("系统登记不上。先报\n")


def test_a_composition_asks_for_no_completion_until_it_ends(editor: BrowserEditor) -> None:
    asked: list[str] = []
    editor.page.on(
        "request",
        lambda request: asked.append(request.url) if request.url.endswith("/complete") else None,
    )
    editor.go_to(ROUTE)
    editor.type("〔")
    expect(editor.page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    before = len(asked)
    editor.compose("shi")
    editor.page.wait_for_timeout(500)
    assert len(asked) == before

    editor.commit("示例标")
    expect(editor.page.locator(".cm-tooltip-autocomplete li")).to_have_text(
        ["示例标准示例标准全称"]
    )
