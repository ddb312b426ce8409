"""Which searches and openings of the application become which events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kb.search_events import new_search_id
from tests.kb.search_events.events import stored
from tests.web.documents import links, read_html
from tests.web.site import Site, dated_files, site_of

HIT = "contact-change"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("events"), dated_files())


@pytest.fixture
def events_of(site: Site) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """Give what visits to some addresses leave in the database once the application has ended."""

    def visit(*addresses: str) -> list[dict[str, Any]]:
        with site.client() as client:
            for address in addresses:
                assert client.get(address).status_code == 200, address
        return stored(site.settings)

    yield visit
    site.settings.database_file.unlink(missing_ok=True)


EventsOf = Callable[..., list[dict[str, Any]]]


def test_a_page_that_was_loaded_is_a_question_of_its_own(events_of: EventsOf) -> None:
    first, second = events_of("/?q=我換號碼了&地区=广东", "/?q=换号码13800138000")

    assert (first["source"], first["query"], first["region"]) == ("desk", "我换号码了", "广东")
    assert (first["answered"], first["first_hit"], first["opened"]) == (1, HIT, "")
    assert first["hits"] >= 1
    assert first["confidence"] > 0
    assert first["took_ms"] > 0
    assert second["query"] == "换号码〈手机号〉"
    assert first["id"] != second["id"]


def test_a_search_of_the_api_is_recorded_as_such(events_of: EventsOf) -> None:
    (event,) = events_of("/api/v1/search?q=宇航员体检报名费由谁登记&limit=1")

    assert (event["source"], event["answered"]) == ("api", 0)
    assert event["hits"] <= 1


def test_a_search_of_the_panel_is_recorded_as_such(events_of: EventsOf) -> None:
    (event,) = events_of("/panel?q=换号码")

    assert (event["source"], event["query"]) == ("panel", "换号码")


def test_what_is_typed_bit_by_bit_is_one_event(events_of: EventsOf) -> None:
    search_id = new_search_id()
    typed = (f"/?q={text}&fragment=1&search_id={search_id}" for text in ("换", "换号", "换号码"))
    (event,) = events_of(*typed)

    assert (event["id"], event["query"]) == (search_id, "换号码")


@pytest.mark.parametrize("search_id", ["", "1", "13800138000", "'" * 32, "g" * 32, "%00"])
def test_an_invalid_id_is_as_good_as_none(events_of: EventsOf, search_id: str) -> None:
    # A page names the question itself; the script sends no id when it goes back.
    (event,) = events_of(
        f"/?q=换号码&search_id={search_id}",
        f"/?q=换号码&fragment=1&search_id={search_id}",
        f"/procedures/{HIT}?search_id={search_id}",
    )

    assert event["id"] != search_id
    assert event["opened"] == ""


def test_pages_without_a_question_are_no_events(events_of: EventsOf) -> None:
    search_id = new_search_id()

    assert events_of("/", "/procedures", f"/?search_id={search_id}", f"/procedures/{HIT}") == []


def test_the_links_of_a_page_belong_to_its_question(site: Site, events_of: EventsOf) -> None:
    with site.client() as client:
        targets = links(read_html(client.get("/?q=变更").text))
    (hit,) = [link for link in targets if "open=address-change" in link]
    (own_page,) = [link for link in targets if f"/procedures/{HIT}?search_id" in link]

    assert [event["opened"] for event in events_of(hit)] == ["address-change"]
    assert [event["opened"] for event in events_of(own_page)] == [HIT]
    assert stored(site.settings)[0]["query"] == "变更"


def test_what_is_no_hit_was_not_opened(events_of: EventsOf) -> None:
    (event,) = events_of("/?q=换号码&open=13800138000")

    assert event["opened"] == ""


def test_searches_are_answered_while_the_database_cannot_be_used(
    site: Site, events_of: EventsOf
) -> None:
    addresses = ("/?q=换号码", "/api/v1/search?q=换号码", "/?q=变更")
    with site.client() as client:
        # Whether there are accounts must have been known once.
        client.get("/health")
        with site.broken_database():
            assert [client.get(address).status_code for address in addresses] == [200] * 3

    assert len(stored(site.settings)) == len(addresses), "written once it is there again"
