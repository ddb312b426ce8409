"""Enlarged to 200 %, or with larger text, nothing runs over the side or out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.desk import WIDE, BrowserDesk

pytestmark = pytest.mark.browser

# A window of 1440 × 900 at 200 %.
ZOOMED: ViewportSize = {"width": 720, "height": 450}
PAGES = ("/", "/?q=退保要什么材料", "/?q=火星探测器发射", "/procedures", "/keys")
ANSWER = PAGES[1]
_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What can be scrolled to where the mouse meets it, and nothing lies above it.
_OUT_OF_REACH = """
() => [...document.querySelectorAll("a, button, input, select, summary, .step, .block")]
  .filter((item) => item.checkVisibility() && !item.disabled && !item.matches(".skip"))
  .filter((item) => {
    item.scrollIntoView({block: "center", inline: "center"});
    const [box] = item.getClientRects();
    const met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !(item.contains(met) || met?.closest("label")?.contains(item));
  })
  .map((item) => item.outerHTML.slice(0, 120))
"""


def choose(desk: BrowserDesk, name: str, value: str) -> None:
    """Choose colours or text size in the window of the keys."""
    desk.page.locator("#kb_open_help").click()
    desk.page.locator(f"[data-appearance='{name}']").select_option(value)
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator("#kb_help")).not_to_be_visible()


def text_height(page: Page) -> float:
    """Return the font size of the text in px."""
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))


@pytest.mark.parametrize("size", ["", "150"])
@pytest.mark.parametrize("viewport", [ZOOMED, WIDE], ids=["zoomed", "wide"])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_runs_over_the_side_and_everything_is_in_reach(
    desk: BrowserDesk, viewport: ViewportSize, size: str, address: str
) -> None:
    desk.page.set_viewport_size(viewport)
    desk.open("/keys")
    choose(desk, "size", size)
    desk.open(address)

    assert desk.page.evaluate(_OVER) <= 0
    assert desk.page.evaluate(_OUT_OF_REACH) == []


@pytest.mark.parametrize("window", ["F8", "?"])
def test_a_window_can_be_read_to_its_end(desk: BrowserDesk, window: str) -> None:
    desk.page.set_viewport_size(ZOOMED)
    desk.open(ANSWER)
    choose(desk, "size", "150")
    desk.page.locator(".step").first.focus()
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press(window)
    last = desk.page.locator("dialog[open] > :last-child")
    last.scroll_into_view_if_needed()

    expect(last).to_be_in_viewport()
    over = "dialog => dialog.scrollWidth - dialog.clientWidth"
    assert desk.page.locator("dialog[open]").evaluate(over) <= 0


def test_the_bar_leaves_room_for_the_answer(desk: BrowserDesk) -> None:
    desk.page.set_viewport_size(ZOOMED)
    desk.open(ANSWER)
    step = desk.page.locator(".step").last
    step.focus()
    step.scroll_into_view_if_needed()

    expect(step.locator(".do")).to_be_in_viewport(ratio=1)
    bar = desk.page.locator("header.bar").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] < ZOOMED["height"] / 2


@pytest.mark.parametrize("size", ["115", "130", "150"])
def test_the_text_size_that_was_chosen_survives_a_reload(desk: BrowserDesk, size: str) -> None:
    desk.open(ANSWER)
    before = text_height(desk.page)
    choose(desk, "size", size)
    desk.page.reload()

    assert text_height(desk.page) == pytest.approx(before * int(size) / 100)
    expect(desk.page.locator("[data-appearance='size']")).to_have_value(size)
    desk.page.keyboard.press("Escape")
    choose(desk, "size", "")
    assert text_height(desk.page) == before


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_colours_that_were_chosen_survive_a_reload(desk: BrowserDesk, system: str) -> None:
    desk.page.emulate_media(color_scheme=system)  # type: ignore[arg-type]
    desk.open(ANSWER)

    def colours() -> str:
        ground, ink = "backgroundColor", "color"
        style = "getComputedStyle(document.body)"
        return str(desk.page.evaluate(f"{style}.{ground} + {style}.{ink}"))

    of_system = colours()
    painted = {}
    for chosen in ("light", "dark", "contrast"):
        choose(desk, "colours", chosen)
        desk.page.reload()
        painted[chosen] = colours()
    assert len(set(painted.values())) == 3
    assert of_system == painted[system]
    choose(desk, "colours", "")
    assert colours() == of_system
