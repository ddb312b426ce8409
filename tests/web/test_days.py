"""Another day than today is shown and said; a version goes live at midnight by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from tests.web.documents import Element, link, read_html
from tests.web.site import SCHEDULED, Site, dated_files, site_of

LATER = "/?q=换号码&on=2026-07-01"


def page(client: TestClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return read_html(answer.text)


@pytest.mark.parametrize(
    "address", [LATER, "/procedures/contact-change?on=2026-07-01", "/procedures?on=2026-07-01"]
)
def test_another_day_is_said_in_a_banner(client: TestClient, address: str) -> None:
    banner = page(client, address).one("p", "banner")

    assert banner.text().startswith("正在按 2026-07-01（周三） 有效的版本显示。")
    assert banner.attributes["role"] == "status"
    assert urlsplit(link(banner, "回到今天")).path == urlsplit(address).path


@pytest.mark.parametrize("address", ["/?q=换号码", "/?q=换号码&on=2026-06-01", "/procedures"])
def test_today_needs_no_banner(client: TestClient, address: str) -> None:
    assert page(client, address).all("p", "banner") == []


def test_another_day_shows_its_versions(client: TestClient) -> None:
    document = page(client, LATER)

    assert document.one("article").one("h1").text() == "变更联系电话新规"
    assert document.one("aside", "hits").all("a")[0].text() == "变更联系电话新规"
    assert document.all("li", "step")[0].one("p", "do").text() == "先听客户说完。"


@pytest.mark.parametrize("address", ["/procedures?on=2026-07-01", "/?on=2026-07-01"])
def test_the_list_shows_the_versions_of_the_day_that_its_banner_names(
    client: TestClient, address: str
) -> None:
    document = page(client, address)

    assert document.all("p", "banner")
    titles = [item.text() for item in document.one("div", "categories").all("a")]
    assert titles == ["变更联系地址", "变更联系电话新规"]


def test_the_list_is_empty_on_a_day_before_the_first_version(client: TestClient) -> None:
    document = page(client, "/procedures?on=2025-12-31")

    assert [item.text() for item in document.one("div", "categories").all("a", "")] == ["运行状况"]


def test_versions_are_listed_with_the_one_that_is_coming(client: TestClient) -> None:
    footer = page(client, "/procedures/contact-change").one("article").one("footer")

    versions = {item.text(): item.attributes for item in footer.all("p")[1].all("a")}
    assert list(versions) == ["2026-01-01 起", "2026-07-01 起（将生效）"]
    assert versions["2026-01-01 起"].get("aria-current") == "true"
    coming = page(client, versions["2026-07-01 起（将生效）"]["href"])
    assert coming.one("article").one("h1").text() == "变更联系电话新规"


def test_a_procedure_with_one_version_lists_none(client: TestClient) -> None:
    assert "版本" not in page(client, "/procedures/address-change").one("footer").text()


@pytest.fixture
def moving(tmp_path: Path) -> Site:
    """A site of its own, because its day is moved."""
    return site_of(tmp_path, dated_files())


def test_a_scheduled_version_goes_live_at_midnight_without_a_restart(moving: Site) -> None:
    def shown() -> tuple[str, ...]:
        document = page(client, "/?q=换号码")
        listed = page(client, "/procedures").one("div", "categories").all("a")
        answer = client.get("/api/v1/procedures/contact-change").json()
        found = client.get("/api/v1/search?q=换号码").json()["hits"][0]
        health = client.get("/api/v1/health").json()
        return (
            document.one("article").one("h1").text(),
            listed[1].text(),
            answer["title"],
            found["title"],
            found["effective_from"],
            health["today"],
        )

    with moving.client() as client:
        moving.today = date(2026, 6, 30)
        old = "变更联系电话"
        assert shown() == (old, old, old, old, "2026-01-01", "2026-06-30")
        generation = client.get("/api/v1/health").json()["generation"]

        moving.today = SCHEDULED
        new = "变更联系电话新规"
        assert shown() == (new, new, new, new, "2026-07-01", "2026-07-01")
        assert client.get("/api/v1/health").json()["generation"] == generation
        assert "将生效" not in page(client, "/procedures/contact-change").one("footer").text()


def test_the_day_that_deadlines_are_counted_from_moves_at_midnight(moving: Site) -> None:
    with moving.client() as client:
        heading = page(client, "/procedures/contact-change").one("dl", "deadlines")
        moving.today = date(2026, 6, 2)
        after = page(client, "/procedures/contact-change").one("dl", "deadlines")

    assert "2026-07-01" in heading.all("b", "date")[2].text()
    assert "2026-07-02" in after.all("b", "date")[2].text()


def test_a_citing_place_of_a_scheduled_version_counts_from_its_day(moving: Site) -> None:
    with moving.client() as client:
        before = page(client, "/regulations/示例法").text()
        moving.today = SCHEDULED
        after = page(client, "/regulations/示例法").text()

    assert "变更联系电话新规" not in before
    assert "变更联系电话新规" in after


def test_deadlines_count_from_the_day_of_the_event(client: TestClient) -> None:
    document = page(client, "/procedures/contact-change?event=2026-06-02")

    field = next(
        item
        for item in document.one("form", "calculator").all("input")
        if item.attributes.get("name") == "event"
    )
    assert field.attributes["value"] == "2026-06-02"
    days = [item.text() for item in document.one("dl", "deadlines").all("b", "date")]
    assert days[2:] == ["2026-07-02（周四）", "2026-08-03（周一）"]
