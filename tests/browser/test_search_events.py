"""What a person types, opens and goes back to becomes one event for each question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.desk import BrowserDesk
from tests.kb.search_events.events import stored
from tests.web.processes import wait_until
from tests.web.site import Site

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
OTHER = "火星探测器发射"

Events = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def events(site: Site) -> Events:
    """Give a function that returns the events since the test began."""
    began = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return lambda: [row for row in stored(site.settings) if row["at"] > began]


def queries(events: Events) -> list[str]:
    return [event["query"] for event in events()]


def ids_sent(desk: BrowserDesk) -> list[str]:
    """Return the ids of the live searches so far; empty for one that names no question."""
    sent = (parse_qs(urlsplit(url).query) for url in desk.searches)
    return ["".join(params.get("search_id", [])) for params in sent]


def test_half_typed_forms_are_one_event_with_the_last_words(
    desk: BrowserDesk, events: Events
) -> None:
    desk.open("/")
    for end in range(2, len(QUERY) + 1):
        desk.page.locator("#kb_q").fill(QUERY[:end])
        desk.wait_for_results(QUERY[:end])

    wait_until(lambda: queries(events) == [QUERY], "one event")
    assert len(ids_sent(desk)) > 3
    assert len(set(ids_sent(desk))) == 1
    desk.wait_for_address(QUERY)
    assert "search_id" not in desk.address


def test_after_emptying_the_box_another_question_begins(desk: BrowserDesk, events: Events) -> None:
    desk.open("/")
    desk.type(QUERY)
    desk.wait_for_results(QUERY)
    desk.page.keyboard.press("Escape")
    desk.page.locator(".categories").wait_for()
    desk.type(OTHER)
    desk.wait_for_results(OTHER)

    wait_until(lambda: queries(events) == [QUERY, OTHER], "two events")


def test_a_hit_that_is_opened_belongs_to_the_question_and_ends_it(
    desk: BrowserDesk, events: Events
) -> None:
    desk.open("/")
    desk.type(QUERY)
    desk.wait_for_results(QUERY)
    desk.page.keyboard.press("Alt+2")
    desk.wait_for_address("open=")
    opened = desk.opened_id()
    desk.type("吗")
    desk.wait_for_results(QUERY + "吗")

    wait_until(lambda: len(events()) == 2, "two events")
    assert [(event["query"], event["opened"]) for event in events()] == [
        (QUERY, opened),
        (QUERY + "吗", ""),
    ]


def test_the_enter_key_ends_a_question(desk: BrowserDesk, events: Events) -> None:
    desk.open("/")
    desk.type(QUERY)
    desk.page.keyboard.press("Enter")
    desk.page.locator("#kb_results.reading").wait_for()
    desk.page.locator("#kb_q").press("End")
    desk.type("吗")
    desk.wait_for_results(QUERY + "吗")

    wait_until(lambda: queries(events) == [QUERY, QUERY + "吗"], "two events")


def test_a_long_pause_ends_a_question(desk: BrowserDesk, events: Events) -> None:
    desk.page.clock.install()
    desk.open("/")
    desk.type(QUERY)
    desk.page.clock.run_for(100)
    desk.wait_for_results(QUERY)
    desk.page.clock.run_for(6000)
    desk.type("吗")
    desk.page.clock.run_for(100)
    desk.wait_for_results(QUERY + "吗")

    wait_until(lambda: queries(events) == [QUERY, QUERY + "吗"], "two events")


def test_a_hit_of_a_loaded_page_belongs_to_the_question_of_the_page(
    desk: BrowserDesk, events: Events
) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator(".hits li").nth(1).locator("a").click()
    desk.wait_for_address("open=")

    wait_until(lambda: [bool(event["opened"]) for event in events()] == [True], "one event")
    assert "search_id" not in desk.address


def test_the_page_of_a_hit_completes_the_event_and_has_a_clean_address(
    desk: BrowserDesk, events: Events
) -> None:
    desk.open(f"/?q={QUERY}")
    wait_until(lambda: len(events()) == 1, "the question")
    opened = desk.opened_id()
    desk.page.locator(".answer h1 a").click()
    desk.page.wait_for_url("**/procedures/*")

    wait_until(lambda: events()[0]["opened"] == opened, "the opening")
    assert desk.address == f"/procedures/{opened}"


def test_going_back_asks_nothing_anew(desk: BrowserDesk, events: Events) -> None:
    desk.open("/")
    desk.type(QUERY)
    desk.page.keyboard.press("Enter")
    desk.wait_for_results(QUERY)
    desk.page.locator("#kb_q").fill(OTHER)
    desk.page.keyboard.press("Enter")
    desk.wait_for_results(OTHER)
    desk.page.go_back()
    desk.wait_for_results(QUERY)
    asked = ids_sent(desk)
    desk.page.keyboard.press("Alt+2")
    desk.wait_for_address("open=")

    wait_until(lambda: any(event["opened"] for event in events()), "the opening")
    assert [(event["query"], bool(event["opened"])) for event in events()] == [
        (OTHER, False),
        (QUERY, True),
    ]
    assert asked[-1] == ""


def test_without_javascript_a_link_belongs_to_the_question_of_its_page(
    plain_desk: BrowserDesk, events: Events
) -> None:
    plain_desk.open(f"/?q={QUERY}")
    plain_desk.page.locator(".hits li").nth(1).locator("a").click()

    wait_until(lambda: [bool(event["opened"]) for event in events()] == [True], "one event")
