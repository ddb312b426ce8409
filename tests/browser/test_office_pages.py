"""Dashboard, reviews and audit in a browser: accessible in all colours, and done with the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kb.people import Role
from kb.people.sessions import begin_session
from tests.browser.server import DeskServer
from tests.browser.test_accessibility import axe, violations, window_of
from tests.content_samples import LINKED, changed, sample_files
from tests.kb.figures.happenings import NOON, ask, asked, publish, suspend
from tests.kb.reviewing.marked import marked_register
from tests.web.access.people import COOKIE, add_person, open_state
from tests.web.site import Site, site_of

__all__ = ["axe"]

pytestmark = pytest.mark.browser

CHANGE = '{on: 2026-05-20, note: 委托书的要求改了, articles: ["6", "16"]}'
OVERDUE = changed("review_by: 2026-12-31", "review_by: 2026-05-01", LINKED)
PAGES = (
    "/figures",
    "/figures?from=2026-01-01&to=2026-01-02",
    "/reviews",
    "/reviews?regulation=旧示例法",
    "/reviews/calendar?month=2026-05",
    "/audit?verify=1",
    "/audit?day=2020-01-01",
    "/regulations/示例法",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site on which something of everything happened."""
    register = marked_register(CHANGE).encode()
    files = {**sample_files(linked=OVERDUE), "regulations.yaml": register}
    site = site_of(tmp_path_factory.mktemp("office"), files)
    editor = add_person(site, "lin", Role.EDITOR, Role.COMPLIANCE)
    ids = ("contact-change", "address-change")
    searches = [asked(n, f"问题{n % 3}", first_hit=ids[n % 2], answered=n > 2) for n in range(9)]
    ask(site.settings.data_dir, searches)
    publish(open_state(site), 1, (0, 1, 2), by=editor)
    suspend(open_state(site), "address-change", NOON, None, by=editor)
    return site


@pytest.fixture(scope="module")
def context(
    browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """The window of an editor who may also see the audit trail."""
    editor = add_person(site, "zhou", Role.EDITOR, Role.COMPLIANCE)
    with open_state(site).begin() as connection:
        session_id = begin_session(connection, editor, site.now())
    server = DeskServer(site, tmp_path_factory.mktemp("office-log") / "log.txt")
    with server.running():
        context = browser.new_context(
            locale="zh-CN", viewport=window_of("/"), base_url=server.address
        )
        context.add_cookies([{"name": COOKIE, "value": session_id, "url": server.address}])
        yield context
        context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; at the end it must not have complained."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible(page: Page, axe: str, address: str) -> None:
    page.goto(address)
    for summary in page.locator("main summary").all():
        summary.click()

    assert violations(page, axe) == []


@pytest.mark.parametrize("address", PAGES[:6])
def test_a_page_has_the_contrast_that_was_asked_for(page: Page, axe: str, address: str) -> None:
    page.emulate_media(contrast="more")
    page.goto(address)
    page.evaluate(axe)
    found = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations",
        {"runOnly": ["color-contrast-enhanced"]},
    )
    page.emulate_media(contrast="no-preference")

    assert found == []


def test_bars_and_lines_are_painted(page: Page) -> None:
    page.goto("/figures")
    for chart in page.locator("svg.chart").all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 40
    colours = page.locator("#kb_main rect.series-a, #kb_main rect.series-b").evaluate_all(
        "bars => [...new Set(bars.map((bar) => getComputedStyle(bar).fill))]"
    )
    assert len(colours) == 2
    assert "rgb(0, 0, 0)" not in colours


def test_a_list_is_ticked_with_one_box_and_confirmed(page: Page) -> None:
    page.goto("/reviews")
    impact = page.locator("section.impact")
    total = impact.locator("tbody tr").count()
    impact.get_by_label("全选").check()
    assert impact.locator("tbody input:checked").count() == total > 1
    impact.locator("tbody input").first.uncheck()
    expect(impact.get_by_label("全选")).not_to_be_checked()
    impact.get_by_role("button", name="确认仍然正确").click()

    expect(impact.locator(".progress")).to_contain_text(f"已确认 {total - 1}")
    expect(impact.locator("form[action='/reviews/take'] tbody tr")).to_have_count(1)


def test_the_menu_leads_there_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.get_by_text("管理", exact=True).press("Enter")
    page.get_by_role("link", name="看板").press("Enter")

    expect(page.get_by_role("heading", name="看板", exact=True)).to_be_visible()
