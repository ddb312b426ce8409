"""Signed in with a real browser: in by the form, feedback by script, out, and back again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from kb.people.accounts import Accounts
from kb.people.links import OneTimeLinks
from kb.state.tables import feedback
from tests.kb.people.test_passwords import PASSWORD
from tests.web.access.people import COOKIE, open_state
from tests.web.site import Site

pytestmark = pytest.mark.browser

ASKED = "/?q=退保要什么材料"


@pytest.fixture(scope="module")
def password(office_site: Site) -> str:
    """The password of who has every role."""
    engine = open_state(office_site)
    (account,) = Accounts(engine).all()
    links = OneTimeLinks(engine, office_site.now)
    links.set_password(links.make(None, account.person.id), PASSWORD)
    return PASSWORD


@pytest.fixture
def page(browser: Browser, office: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", base_url=office)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("登录名").fill("lin")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_one_signs_in_and_is_where_one_wanted_to_be(page: Page, password: str) -> None:
    page.goto(ASKED)
    expect(page).to_have_title("登录 · 保险客服知识库")
    sign_in(page, "falsch")
    expect(page.get_by_role("alert")).to_have_text("登录名或密码不对。")
    sign_in(page, password)

    expect(page.locator("article.answer h1")).to_contain_text("退保申请材料")
    expect(page.locator(".visitor")).to_contain_text("lin的姓名")


def test_feedback_of_the_script_carries_the_token(
    page: Page, password: str, office_site: Site
) -> None:
    page.goto(ASKED)
    sign_in(page, password)
    page.locator("article.answer").wait_for()
    page.wait_for_load_state("load")
    page.get_by_label("补充一句").fill("第 3 步不对")
    page.get_by_role("button", name="有错").click()

    expect(page.locator("#kb_notice")).to_contain_text("已记下")
    with open_state(office_site).connect() as connection:
        assert connection.execute(select(feedback.c.line)).scalars().all() == ["第 3 步不对"]


def test_one_signs_out_and_back_shows_nothing(page: Page, password: str) -> None:
    page.goto(ASKED)
    sign_in(page, password)
    page.locator("article.answer").wait_for()
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_title("登录 · 保险客服知识库")
    page.go_back()

    expect(page).to_have_title("登录 · 保险客服知识库")


def test_who_has_been_signed_out_meanwhile_comes_back_to_what_was_typed(
    page: Page, password: str
) -> None:
    page.goto(ASKED)
    sign_in(page, password)
    page.locator("article.answer").wait_for()
    page.wait_for_load_state("load")
    page.context.clear_cookies(name=COOKIE)
    page.locator("#kb_q").fill("断保了怎么办")
    page.wait_for_url("**/sign-in?**")
    sign_in(page, password)

    expect(page.locator("#kb_q")).to_have_value("断保了怎么办")
    expect(page.locator("article.answer")).to_be_visible()
