"""Chromium and a server process with the real content. Without Chromium the tests are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from kb.people import Role
from tests.browser.chromium import chromium, what_chromium_lacks
from tests.browser.crm import CrmPage, serve_crm
from tests.browser.desk import WIDE, BrowserDesk
from tests.browser.server import DeskServer
from tests.web.access.people import add_person
from tests.web.site import Site, real_site

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says what is missing."""
    if reason := what_chromium_lacks():
        pytest.skip(reason)
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site over the content that is shipped."""
    return real_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="package")
def crm_origin() -> Iterator[str]:
    """The origin of another system, which may hold the panel."""
    with serve_crm() as origin:
        yield origin


@pytest.fixture(scope="package")
def stranger_origin() -> Iterator[str]:
    """An origin that may not."""
    with serve_crm() as origin:
        yield origin


@pytest.fixture(scope="package")
def base(site: Site, crm_origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server process over the site."""
    log = tmp_path_factory.mktemp("served") / "log.txt"
    server = DeskServer(site, log, {"KB_PANEL_ORIGINS": crm_origin})
    with server.running():
        yield server.address


@pytest.fixture(scope="package")
def office_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same site with a database of its own, in which somebody has every role."""
    office = copy(site)
    database = tmp_path_factory.mktemp("office") / "kb.sqlite3"
    office.settings = replace(site.settings, database_url=f"sqlite:///{database}")
    add_person(office, "lin", *Role, team="一班")
    return office


@pytest.fixture(scope="package")
def office(office_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server process over the site with accounts."""
    log = tmp_path_factory.mktemp("office-log") / "log.txt"
    server = DeskServer(office_site, log, {"KB_DATABASE_URL": office_site.settings.database_url})
    with server.running():
        yield server.address


@pytest.fixture
def desk(browser: Browser, base: str) -> Iterator[BrowserDesk]:
    """A fresh page; at the end it must not have complained."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN", permissions=CLIPBOARD)
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


@pytest.fixture
def crm(browser: Browser, base: str, crm_origin: str) -> Iterator[CrmPage]:
    """A CRM's page that may hold the panel; at the end nothing must have complained."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    page = CrmPage(context.new_page(), crm_origin, base)
    yield page
    context.close()
    assert page.problems == []


@pytest.fixture
def stranger(browser: Browser, base: str, stranger_origin: str) -> Iterator[CrmPage]:
    """A page of an origin that may not hold the panel."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    yield CrmPage(context.new_page(), stranger_origin, base)
    context.close()
