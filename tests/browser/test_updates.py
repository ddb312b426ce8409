"""An answer that is open is marked when there is a newer one; the page stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from kb.people import Role
from kb.publishing.suspending import Suspensions
from tests.browser.desk import WIDE, BrowserDesk
from tests.browser.server import DeskServer
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed
from tests.web.access.people import COOKIE, add_person, new_session, open_state
from tests.web.site import Site, dated_files, site_of

pytestmark = pytest.mark.browser

OWN_PAGE, FOUND = "/procedures/contact-change", "/?q=换号码"
NEW_STEP = changed("核对来电人身份。", "先核对来电人的身份。", SAMPLE)


@pytest.fixture
def own_site(tmp_path: Path) -> Site:
    """A site whose content may be changed."""
    return site_of(tmp_path, dated_files())


@pytest.fixture
def server(own_site: Site, tmp_path: Path) -> Iterator[DeskServer]:
    server = DeskServer(own_site, tmp_path / "log.txt")
    with server.running():
        yield server


@pytest.fixture
def own_desk(browser: Browser, server: DeskServer) -> Iterator[BrowserDesk]:
    """A fresh page; at the end it must not have complained."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    desk = BrowserDesk(context.new_page(), server.address)
    yield desk
    context.close()
    assert desk.problems == []


def edit(site: Site) -> None:
    """Serve another first step."""
    site.write({SAMPLE_PATH: NEW_STEP.encode()})
    site.build()


def mark(desk: BrowserDesk) -> Locator:
    return desk.page.locator(".answer .updated")


def first_step(desk: BrowserDesk) -> Locator:
    return desk.page.locator(".step .do").first


@pytest.mark.parametrize("address", [OWN_PAGE, FOUND])
def test_a_newer_answer_is_marked_and_shown_when_the_person_asks(
    own_desk: BrowserDesk, own_site: Site, address: str
) -> None:
    own_desk.open(address)
    expect(mark(own_desk)).to_be_hidden()
    place = first_step(own_desk).bounding_box()
    edit(own_site)
    expect(mark(own_desk)).to_be_visible()

    expect(first_step(own_desk)).to_contain_text("核对来电人身份。")
    assert first_step(own_desk).bounding_box() == place
    own_desk.page.get_by_role("button", name="看新的").click()
    expect(first_step(own_desk)).to_contain_text("先核对来电人的身份。")
    expect(mark(own_desk)).to_be_hidden()


def test_another_procedure_is_not_marked(own_desk: BrowserDesk, own_site: Site) -> None:
    own_desk.open("/procedures/address-change")
    edit(own_site)
    own_desk.page.wait_for_timeout(2500)

    expect(mark(own_desk)).to_be_hidden()


def test_what_is_shown_for_another_day_is_not_marked(own_desk: BrowserDesk, own_site: Site) -> None:
    own_desk.open(f"{OWN_PAGE}?on=2026-03-01")
    edit(own_site)
    own_desk.page.wait_for_timeout(2500)

    expect(mark(own_desk)).to_be_hidden()


def test_a_suspension_is_marked_and_then_hides_the_words(
    own_desk: BrowserDesk, own_site: Site
) -> None:
    supervisor = add_person(own_site, "supervisor", Role.SUPERVISOR)
    session = {"name": COOKIE, "value": new_session(own_site, supervisor), "url": own_desk.base}
    own_desk.page.context.add_cookies([session])  # type: ignore[list-item]
    own_desk.open(f"{FOUND}&核身=已核")
    step = own_desk.page.locator("#read-out")
    expect(step).to_contain_text("报出登记号码的后几位")
    Suspensions(open_state(own_site)).suspend(supervisor, "contact-change", "read-out", "报错了")
    expect(mark(own_desk)).to_be_visible()
    own_desk.page.get_by_role("button", name="看新的").click()

    expect(step).to_contain_text("暂停使用")
    expect(step).to_contain_text("报错了")
    expect(step).to_contain_text("完整号码")
    expect(step).not_to_contain_text("后几位")
    expect(own_desk.page.locator(".hits .tag")).to_contain_text("暂停使用")


def test_what_happened_while_the_server_was_gone_is_marked(
    browser: Browser, own_site: Site, tmp_path: Path
) -> None:
    server = DeskServer(own_site, tmp_path / "log.txt")
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    desk = BrowserDesk(context.new_page(), server.address)
    with server.running():
        desk.open(OWN_PAGE)
        expect(first_step(desk)).to_be_visible()
    edit(own_site)
    with server.running():
        expect(mark(desk)).to_be_visible()
    context.close()
