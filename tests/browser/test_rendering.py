"""What is painted: Chinese characters, within the window, with the answer on the first screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.desk import BrowserDesk
from tests.web.site import Site

pytestmark = pytest.mark.browser

SIZES = ((1440, 900), (1920, 1080), (1024, 768))
QUERIES = ("退保要什么材料", "钱没扣上", "断保", "改受益人", "外地住院怎么理赔")
_PIXELS = """
(character) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const pen = canvas.getContext("2d");
  pen.font = `48px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = "top";
  pen.fillText(character, 4, 4);
  return Array.from(pen.getImageData(0, 0, 64, 64).data).join();
}
"""


def addresses(site: Site) -> Iterator[str]:
    """Yield pages of every kind, and the search page in its states."""
    view = site.view()
    yield from ("/", "/procedures", "/regulations", "/health", "/nope", "/?q=退保&on=x")
    yield from (f"/?q={query}" for query in QUERIES)
    yield "/?q=火星探测器发射"
    yield from ("/panel?q=退保要什么材料", "/panel/sample")
    yield "/?q=退保要什么材料&on=2026-03-01&办理人=本人&核身=已核&地区=深圳"
    # One template makes them all: every fourth shows what differs.
    yield from (f"/procedures/{card.id}" for card in view.cards_today()[::4])
    yield from (f"/regulations/{short}" for short in list(view.reference.register)[::4])


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def test_chinese_characters_are_painted_and_not_boxes(page: Page, base: str) -> None:
    page.goto(base)
    painted = {character: page.evaluate(_PIXELS, character) for character in "险保□"}

    assert len(set(painted.values())) == 3
    assert any(value != "0" for value in painted["险"].split(",")), "nothing was painted"


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_page_scrolls_sideways(
    page: Page, base: str, site: Site, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    wider = []
    for address in addresses(site):
        page.goto(base + address)
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            wider.append(f"{address}: {over} px")
    assert wider == []


def is_on_screen(locator: Locator, height: int = 900) -> bool:
    """Return whether an element lies wholly between the bar and the lower edge."""
    box = locator.bounding_box()
    bar = locator.page.locator("header.bar").bounding_box()
    assert box is not None
    assert bar is not None
    return box["y"] >= bar["y"] + bar["height"] and box["y"] + box["height"] <= height


@pytest.mark.parametrize("query", QUERIES)
def test_the_first_screen_is_the_answer(desk: BrowserDesk, query: str) -> None:
    desk.open(f"/?q={query}")
    answer = desk.page.locator("article.answer")

    assert is_on_screen(answer.locator("h1"))
    assert is_on_screen(answer.locator(".summary"))
    assert is_on_screen(answer.locator(".questions"))
    assert all(is_on_screen(link) for link in answer.locator(".outline a").all())
    assert is_on_screen(answer.locator(".notes > li").first), "no compliance note"
    assert is_on_screen(answer.locator(".materials > div").first), "no material"


@pytest.mark.parametrize("query", QUERIES)
def test_the_step_that_matched_is_read_whole_on_the_first_screen(
    desk: BrowserDesk, query: str
) -> None:
    desk.open(f"/?q={query}")
    steps = desk.page.locator("article.answer .step")
    matched = desk.page.locator("article.answer :is(.step.found, .step:has(.found))")

    assert is_on_screen(matched.first if matched.count() else steps.first)


def test_what_must_be_said_and_what_must_not_differ_at_a_glance(desk: BrowserDesk) -> None:
    desk.open("/procedures/surrender-materials")

    def colour(kind: str) -> str:
        block = desk.page.locator(f".block[data-kind='{kind}']").first
        return str(block.evaluate("element => getComputedStyle(element).backgroundColor"))

    assert len({colour("必说"), colour("禁说"), colour("话术")}) == 3


def test_a_printed_page_shows_the_answer_alone(desk: BrowserDesk) -> None:
    desk.open("/?q=退保要什么材料")
    desk.page.emulate_media(media="print")

    assert not desk.page.locator("header.bar").is_visible()
    assert not desk.page.locator(".hits").is_visible()
    assert desk.page.locator("article.answer .step").first.is_visible()


def test_a_tour_of_all_pages_raises_no_complaint_and_asks_nobody_else(
    desk: BrowserDesk, site: Site
) -> None:
    # A page that answers 404 or 422 on purpose makes Chromium log the failed load.
    for address in addresses(site):
        if address not in ("/nope", "/?q=退保&on=x"):
            desk.open(address)

    assert len(desk.requests) > 100
    assert desk.problems == []
    assert desk.foreign_requests == []
