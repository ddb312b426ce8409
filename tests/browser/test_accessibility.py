"""axe-core finds nothing on any kind of page, in light and in dark; contrast is among its rules.

axe is fetched with npm for the run of the tests; it is no part of the product.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from kb.people.accounts import Accounts
from kb.people.links import OneTimeLinks
from tests.web.access.people import COOKIE, new_session, open_state
from tests.web.site import Site

pytestmark = pytest.mark.browser

_FETCH_SECONDS = 120
STATES = (
    "/",
    "/procedures",
    "/regulations",
    "/health",
    "/keys",
    "/nope",
    "/?q=退保&on=x",
    "/?q=退保要什么材料",
    "/?q=火星探测器发射",
    "/?q=今天天气怎么样",
    "/explain?q=请问duanbao能退多少",
    "/explain?q=火星探测器发射",
    "/?q=退保要什么材料&on=2026-03-01&办理人=本人&核身=已核&地区=深圳&产品=团体保险",
    "/regulations/保险法",
    "/panel",
    "/panel?q=退保要什么材料",
    "/panel?q=退保要什么材料&on=2026-03-01&办理人=本人&核身=已核&地区=深圳",
    "/panel?q=火星探测器发射",
    "/panel?on=x",
    "/panel/sample",
)
# Made to be printed: they have a style sheet of their own.
DOCUMENTS = ("/documents/受益人", "/procedures/surrender-materials/checklist")
_RUN = "async (options) => (await axe.run(document, options)).violations"


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's script, or a skip that says why it cannot be had."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: accessibility has not been checked")
    folder = tmp_path_factory.mktemp("axe")
    command = ["npm", "pack", "axe-core@4", "--silent", "--pack-destination", str(folder)]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_FETCH_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"axe-core cannot be fetched: accessibility has not been checked ({error})")
    return _script_in(next(folder.glob("*.tgz")))


def _script_in(package: Path) -> str:
    with tarfile.open(package) as files:
        script = files.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode("utf-8")


def window_of(address: str) -> ViewportSize:
    """Return the size in which a page is looked at: the panel's is narrow."""
    return {"width": 460 if address.partition("?")[0] == "/panel" else 1440, "height": 900}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport=window_of("/"))
    yield context.new_page()
    context.close()


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe finds: by all its rules in light, by those of contrast in dark."""
    # Evaluated by the debugger, which the page's policy does not bind.
    page.evaluate(axe)
    page.emulate_media(color_scheme="light")
    found = [f"light {item}" for item in _run(page, {})]
    page.emulate_media(color_scheme="dark")
    return found + [f"dark {item}" for item in _run(page, {"runOnly": ["color-contrast"]})]


def _run(page: Page, options: dict[str, Any]) -> list[str]:
    found: list[dict[str, Any]] = page.evaluate(_RUN, options)
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}"
        for item in found
        for node in item["nodes"]
    ]


@pytest.mark.parametrize("address", STATES + DOCUMENTS)
def test_a_page_is_accessible_in_light_and_in_dark(
    page: Page, base: str, axe: str, address: str
) -> None:
    page.set_viewport_size(window_of(address))
    page.goto(base + address)

    assert violations(page, axe) == []


@pytest.mark.parametrize("key", ["?", "F8"])
def test_a_window_is_accessible_in_light_and_in_dark(
    page: Page, base: str, axe: str, key: str
) -> None:
    page.goto(f"{base}/?q=退保要什么材料")
    page.locator(".step").first.focus()
    # The summary lists what was ticked, what is due and what was promised.
    for pressed in ("Space", "p", key):
        page.keyboard.press(pressed)
    page.locator("dialog[open]").wait_for()

    assert violations(page, axe) == []


@pytest.mark.parametrize("address", STATES)
def test_a_page_has_the_contrast_that_was_asked_for(
    browser: Browser, base: str, axe: str, address: str
) -> None:
    window = window_of(address)
    context = browser.new_context(locale="zh-CN", contrast="more", viewport=window)
    page = context.new_page()
    page.goto(base + address)
    page.evaluate(axe)
    found = _run(page, {"runOnly": ["color-contrast-enhanced"]})
    context.close()

    assert found == []


@pytest.fixture(scope="module")
def office_pages(office_site: Site) -> dict[str, str]:
    """What stands around signing in: name → address."""
    engine = open_state(office_site)
    (account,) = Accounts(engine).all()
    links = OneTimeLinks(engine, office_site.now)
    return {
        "sign-in": "/sign-in?next=/health",
        "password": f"/password?token={links.make(None, account.person.id)}",
        "used link": "/welcome?token=x",
        "account": "/account?changed=1",
        "people": "/people",
        "person": f"/people/{account.person.id}",
    }


@pytest.fixture(scope="module")
def office_context(
    browser: Browser, office_site: Site, office: str
) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Windows of nobody and of somebody with every role."""
    (account,) = Accounts(open_state(office_site)).all()
    nobody, somebody = (browser.new_context(locale="zh-CN", viewport=window_of("/")) for _ in "12")
    session_id = new_session(office_site, account.person)
    somebody.add_cookies([{"name": COOKIE, "value": session_id, "url": office}])
    yield nobody, somebody
    nobody.close()
    somebody.close()


@pytest.mark.parametrize(
    "name", ["sign-in", "password", "used link", "account", "people", "person"]
)
def test_a_page_around_signing_in_is_accessible(
    office: str,
    office_pages: dict[str, str],
    office_context: tuple[BrowserContext, BrowserContext],
    axe: str,
    name: str,
) -> None:
    nobody, somebody = office_context
    page = (somebody if name in ("account", "people", "person") else nobody).new_page()
    page.goto(office + office_pages[name])
    found = violations(page, axe)
    page.close()

    assert found == []


@pytest.mark.parametrize("section", ["procedures", "regulations"])
def test_pages_of_a_section_are_accessible_in_light_and_in_dark(
    page: Page, base: str, site: Site, axe: str, section: str
) -> None:
    view = site.view()
    names = {
        "procedures": [card.id for card in view.cards_today()],
        "regulations": list(view.reference.register),
    }
    found = {}
    # One template makes them all: every sixth shows what differs.
    for name in names[section][::6]:
        page.goto(f"{base}/{section}/{name}")
        if items := violations(page, axe):
            found[name] = items
    assert found == {}


def test_the_rules_of_contrast_are_run_in_light_and_in_dark(
    page: Page, base: str, axe: str
) -> None:
    page.goto(base)
    page.locator("h2").first.evaluate(
        "element => Object.assign(element.style, {color: '#888', background: '#777'})"
    )

    found = " ".join(violations(page, axe))
    assert "light color-contrast" in found
    assert "dark color-contrast" in found
