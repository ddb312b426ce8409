"""The offline copy, opened as a file: no server, no network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.web.site import Site
from web.documents.offline import offline_copy

pytestmark = pytest.mark.browser

EXPIRES = date(2026, 6, 8)
USABLE, TOO_LATE = "2026-06-08T15:59:00Z", "2026-06-08T16:01:00Z"
"""The last minute of the day in Shanghai, and the first after it."""


@pytest.fixture(scope="module")
def copy(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("offline") / "copy.html"
    path.write_text(offline_copy(site.view(), EXPIRES), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, copy: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.clock.set_fixed_time(USABLE)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.goto(copy)
    yield page
    assert troubles == []
    assert {request.url.partition("#")[0] for request in requests} == {copy}
    context.close()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("退保材料", "退保申请材料"),
        ("收益人变更", "受益人变更"),
        ("syrbg", "受益人变更"),
        ("ＳＹＲＢＧ", "受益人变更"),
    ],
)
def test_what_is_typed_is_found_and_its_steps_are_shown(page: Page, typed: str, title: str) -> None:
    page.locator("#kb_q").fill(typed)
    expect(page.locator("#kb_hits a").first).to_have_text(title)
    shown = page.locator("article.procedure:visible")
    expect(shown).to_have_count(1)
    expect(shown.locator("h2")).to_have_text(title)
    expect(shown.locator(".steps > li").first).to_be_in_viewport()


@pytest.mark.parametrize("typed", ["tuibaocailiao", "tui bao cai liao", "tbcl", "tuibao cailiao"])
def test_letters_lead_to_the_procedure_among_the_first_three(page: Page, typed: str) -> None:
    page.locator("#kb_q").fill(typed)
    assert "退保申请材料" in page.locator("#kb_hits a").all_inner_texts()[:3]
    expect(page.locator("article.procedure:visible")).to_have_count(1)


@pytest.mark.parametrize(("typed", "word"), [("tuibao", "退保"), ("收益人", "受益人")])
def test_a_word_leads_to_procedures_about_it(page: Page, typed: str, word: str) -> None:
    page.locator("#kb_q").fill(typed)
    titles = page.locator("#kb_hits a").all_inner_texts()
    assert len(titles) > 3
    assert sum(word in title for title in titles[:4]) >= 3


@pytest.mark.parametrize("typed", ["火箭什么时候发射", "宠物吃什么粮", "zzzz"])
def test_what_only_touches_a_procedure_opens_none(page: Page, typed: str) -> None:
    page.locator("#kb_q").fill(typed)
    expect(page.locator("#kb_status")).to_contain_text("无匹配")
    expect(page.locator("article.procedure:visible")).to_have_count(0)


def test_what_was_only_heard_is_found_as_well(page: Page) -> None:
    page.locator("#kb_q").fill("转人工")
    assert "等待与转接" in " ".join(page.locator("#kb_hits a").all_inner_texts()[:2])


def test_clearing_leads_back_to_the_catalogue(page: Page) -> None:
    page.locator("#kb_q").fill("退保材料")
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    expect(page.locator(".catalogue")).to_be_in_viewport()


def test_nothing_found_is_said_with_the_way_on(page: Page) -> None:
    page.locator("#kb_q").fill("火箭")
    expect(page.locator("#kb_status")).to_contain_text("转二线")
    expect(page.locator("article.procedure:visible")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#kb_status")).to_be_empty()
    expect(page.locator(".catalogue")).to_be_visible()


def test_the_keyboard_is_enough(page: Page) -> None:
    expect(page.locator("#kb_q")).to_be_focused()
    page.keyboard.type("受益人")
    titles = page.locator("#kb_hits a").all_inner_texts()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#kb_hits a[aria-current]")).to_have_text(titles[1])
    expect(page.locator("article.procedure:visible h2")).to_have_text(titles[1])
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#kb_hits a[aria-current]")).to_have_text(titles[0])


def test_a_link_leads_to_a_procedure_that_was_hidden(page: Page) -> None:
    page.locator("#kb_q").fill("退保材料不齐")
    target = page.locator("article.procedure:visible .rows a").first
    wanted = (target.get_attribute("href") or "").lstrip("#").partition("--")[0]
    target.click()
    expect(page.locator(f"article#{wanted}")).to_be_visible()
    expect(page.locator("article.procedure:visible")).to_have_count(1)


def test_it_says_when_it_has_expired(page: Page, copy: str) -> None:
    expect(page.locator("#kb_expired")).to_be_hidden()
    page.clock.set_fixed_time(TOO_LATE)
    page.locator("#kb_q").fill("退保")
    expect(page.locator("#kb_expired")).to_be_visible()
    expect(page.locator("#kb_expired")).to_contain_text("已过期")


def test_without_scripts_everything_is_there_to_read(
    browser: Browser, copy: str, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(copy)
    expect(page.locator("article.procedure:visible")).to_have_count(len(site.view().cards_today()))
    expect(page.locator("#kb_search")).to_be_hidden()
    expect(page.get_by_text("脚本没有运行")).to_be_visible()
    context.close()
