"""The way of an editor over the real pages: from 修改 to submission, through a server that is gone,
in two browsers at once, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kb.changes import ChangeState
from kb.people import Person
from kb.people.sessions import begin_session
from tests.browser.desk import WIDE
from tests.browser.server import DeskServer
from tests.content_samples import SAMPLE_PATH, changed
from tests.web.access.people import COOKIE
from tests.web.editing.desk import EditingDesk
from tests.web.processes import wait_until

pytestmark = pytest.mark.browser

MINE = changed("核身后当场登记", "核身后马上登记")
_CHECK_MS = 180_000
_SAVE_MS = 15_000


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[EditingDesk]:
    """A content repository with its people."""
    floor = EditingDesk(tmp_path)
    yield floor
    floor.engine.dispose()


@pytest.fixture
def server(floor: EditingDesk, tmp_path: Path) -> DeskServer:
    """A server process over it, not started yet."""
    settings = {"KB_CONTENT_DIR": str(floor.repository.folder)}
    return DeskServer(floor.site, tmp_path / "log.txt", settings)


@contextmanager
def browsing(
    browser: Browser, floor: EditingDesk, server: DeskServer, person: Person, scripts: bool = True
) -> Iterator[Page]:
    """Give a page of somebody who is signed in."""
    context: BrowserContext = browser.new_context(
        viewport=WIDE, locale="zh-CN", java_script_enabled=scripts
    )
    with floor.engine.begin() as connection:
        session_id = begin_session(connection, person, floor.site.now())
    context.add_cookies([{"name": COOKIE, "value": session_id, "url": server.address}])
    yield context.new_page()
    context.close()


def file_address(server: DeskServer, draft_id: str) -> str:
    return f"{server.address}/drafts/{draft_id}/files/{quote(SAMPLE_PATH)}"


def write(page: Page, line: int, words: str) -> None:
    """Type at the end of a line of the editor."""
    expect(page.locator(".cm-content")).to_be_visible()
    page.evaluate(
        """async (line) => {
          const editor = await import("/static/editor/editor.js");
          editor.goTo({ line, column: 1000 });
        }""",
        line,
    )
    page.keyboard.type(words)


def test_an_editor_goes_from_a_procedure_to_its_review(
    browser: Browser, floor: EditingDesk, server: DeskServer
) -> None:
    with server.running(), browsing(browser, floor, server, floor.editor) as page:
        page.goto(f"{server.address}/procedures/contact-change")
        page.get_by_role("link", name="修改").click()
        page.get_by_role("button", name=f"修改 {SAMPLE_PATH}").click()
        expect(page.locator("#kb_preview")).to_contain_text("变更联系电话")

        write(page, 5, "不收费。")
        expect(page.locator("#kb_preview .summary")).to_contain_text("不收费。")
        expect(page.locator("#kb_saved")).to_contain_text("已保存", timeout=_SAVE_MS)
        page.locator("#kb_preview .question a", has_text="本人").click()
        expect(page.locator("#kb_preview a.chosen")).to_have_text("本人")
        expect(page.locator("#kb_preview .count")).to_be_visible()
        page.get_by_role("link", name="回到草稿").click()
        page.get_by_role("link", name="检查并提交审核").click()
        expect(page.locator("main")).to_contain_text("没有错误", timeout=_CHECK_MS)
        page.get_by_role("button", name="提交审核").click()
        expect(page.locator(".state")).to_have_text("审核中")
        (change,) = floor.changes.listed()
        assert change.state is ChangeState.IN_REVIEW
        assert "不收费。" in (change.files[0].content or "")


def test_a_server_that_is_killed_costs_no_character(
    browser: Browser, floor: EditingDesk, server: DeskServer
) -> None:
    change = floor.draft(text=MINE)
    with browsing(browser, floor, server, floor.editor) as page:
        with server.running():
            page.goto(file_address(server, change.id))
            write(page, 5, "先写")
        page.keyboard.type("服务器没了还在写")
        expect(page.locator("#kb_saved")).to_contain_text("连不上服务器", timeout=_SAVE_MS)
        with server.running():
            wait_until(
                lambda: "先写服务器没了还在写" in (floor.saved(change.id).content or ""),
                "everything that was typed is saved",
            )


def test_two_browsers_overwrite_nothing(
    browser: Browser, floor: EditingDesk, server: DeskServer
) -> None:
    change = floor.draft(text=MINE)
    with (
        server.running(),
        browsing(browser, floor, server, floor.editor) as one,
        browsing(browser, floor, server, floor.second) as other,
    ):
        for page in (one, other):
            page.goto(file_address(server, change.id))
        write(other, 5, "乙写的")
        expect(other.locator("#kb_saved")).to_contain_text("已保存 ", timeout=_SAVE_MS)
        write(one, 5, "甲写的")
        one.get_by_role("button", name="对照两份").click(timeout=_SAVE_MS)
        expect(one.locator(".three")).to_contain_text("乙写的")
        expect(one.locator(".three")).to_contain_text("甲写的")
        assert "乙写的" in (floor.saved(change.id).content or "")

        one.get_by_role("button", name="纯文本").click()
        text = one.locator("#kb_text").input_value()
        assert "<<<<<<< 我的改动" in text
        one.locator("#kb_text").fill(MINE.replace("待办。\n", "待办。甲乙商量好的\n", 1))
        one.get_by_role("button", name="保存合并结果").click()
        expect(one.locator("#kb_merged")).to_be_visible()
        expect(one.get_by_role("dialog")).to_have_count(0)
        assert "甲乙商量好的" in (floor.saved(change.id).content or "")


def test_everything_works_without_javascript(
    browser: Browser, floor: EditingDesk, server: DeskServer
) -> None:
    with (
        server.running(),
        browsing(browser, floor, server, floor.editor, scripts=False) as page,
    ):
        page.goto(f"{server.address}/drafts/existing")
        page.get_by_role("button", name=f"修改 {SAMPLE_PATH}").click()
        page.get_by_label("正文").fill(MINE)
        page.get_by_role("button", name="保存并预览").click()
        expect(page.locator(".summary")).to_contain_text("核身后马上登记")
        page.locator(".question a", has_text="代办").click()
        expect(page.locator("a.chosen")).to_have_text("代办")
        page.get_by_role("link", name="回到编辑").click()
        assert page.get_by_label("正文").input_value() == MINE
        page.get_by_role("link", name="回到草稿").click()
        page.get_by_role("link", name="检查并提交审核").click()
        expect(page.locator("main")).to_contain_text("没有错误", timeout=_CHECK_MS)
        page.get_by_role("button", name="提交审核").click()
        expect(page.locator(".state")).to_have_text("审核中")
