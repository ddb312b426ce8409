"""The panel: the desk's answer in one column, whose links leave it only for a new tab."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.web.documents import Element, read_html
from tests.web.renderings import from_page

ADDRESSES = (
    "/panel",
    "/panel?q=退保要什么材料",
    "/panel?q=退保要什么材料&on=2026-03-01&办理人=本人&核身=已核&地区=深圳",
    "/panel?q=火星探测器发射",
    "/panel?on=x",
)
QUERY = "?q=退保要什么材料&核身=已核&地区=深圳"
OPENED = f"{QUERY}&open=surrender-incomplete-materials"


def page(client: TestClient, address: str) -> Element:
    return read_html(client.get(address).text)


def stays(element: Element, name: str) -> bool:
    """Return whether a link or form (by its attribute `name`) leads to the panel again."""
    path = urlsplit(element.attributes.get(name, "")).path
    return path in ("", "/panel")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_leads_to_the_panel_stays_in_it_and_all_else_opens_a_new_tab(
    real_client: TestClient, address: str
) -> None:
    document = page(real_client, address)

    assert document.one("base").attributes == {"target": "_blank"}
    for link in document.all("a"):
        target = "_self" if stays(link, "href") else None
        assert link.attributes.get("target") == target, link.attributes
    for form in document.all("form"):
        if form.attributes["method"] == "get":
            assert stays(form, "action")
            assert form.attributes["target"] == "_self"


def test_elsewhere_links_open_in_their_own_tab(real_client: TestClient) -> None:
    for address in (f"/{QUERY}", "/procedures/surrender-materials"):
        document = page(real_client, address)
        assert document.all("base") == []
        assert {link.attributes.get("target") for link in document.all("a")} == {None, "_self"}


def test_the_hits_are_the_first_five_of_the_desk(real_client: TestClient) -> None:
    def titles(address: str) -> list[str]:
        hits = page(real_client, address).one("aside", "hits")
        return [row.all("a")[0].text() for row in hits.all("li")]

    assert len(titles("/panel" + QUERY)) == 5
    assert titles("/panel" + QUERY) == titles("/" + QUERY)[:5]


@pytest.mark.parametrize("query", [QUERY, OPENED, f"{QUERY}&on=2026-03-01&event=2026-03-15"])
def test_the_panel_answers_as_the_desk_does(real_client: TestClient, query: str) -> None:
    answer = from_page(page(real_client, "/panel" + query))

    assert answer == from_page(page(real_client, "/" + query))
    assert answer.steps
    assert answer.materials


def test_the_one_column_is_read_from_top_to_bottom(real_client: TestClient) -> None:
    answer = page(real_client, "/panel" + QUERY).one("article")

    assert [heading.text().split()[0] for heading in answer.all("h2")] == [
        "合规提示",
        "办理步骤",
        "所需材料",
        "时效",
        "升级与转办",
        "常见追问",
    ]
    assert answer.all(cls="side") == []


def test_the_fragment_is_the_part_of_the_page(real_client: TestClient) -> None:
    whole = page(real_client, "/panel" + QUERY)
    (results,) = (item for item in whole.all("div") if item.attributes.get("id") == "kb_results")
    fragment = page(real_client, f"/panel{QUERY}&fragment=1")

    assert fragment.text() == results.text()
    assert fragment.all("html") == []
    assert all(stays(link, "href") for link in fragment.one("aside", "hits").one("ol").all("a"))


def test_another_day_is_left_for_today_within_the_panel(real_client: TestClient) -> None:
    banner = page(real_client, "/panel?q=退保&on=2026-03-01").one("p", "banner")

    href = urlsplit(unquote(banner.one("a").attributes["href"]))
    assert href.path == "/panel"
    assert href.query.startswith("q=退保&search_id=")


@pytest.mark.parametrize("address", ["/panel?on=x", "/panel?地区=外星"])
def test_the_page_of_an_error_is_a_panel_as_well(real_client: TestClient, address: str) -> None:
    document = page(real_client, address)

    assert "panel" in document.one("body").classes
    (form,) = (item for item in document.all("form") if item.attributes["method"] == "get")
    assert form.attributes["action"] == "/panel"


def test_the_panel_does_not_take_the_focus_from_the_page_around_it(
    real_client: TestClient,
) -> None:
    def has_autofocus(address: str) -> bool:
        return any("autofocus" in item.attributes for item in page(real_client, address).all())

    assert has_autofocus("/")
    assert not has_autofocus("/panel")


def test_the_sample_names_what_may_be_told_of_a_call(real_client: TestClient) -> None:
    document = page(real_client, "/panel/sample")
    (form,) = document.all("form")

    assert [item.attributes["name"] for item in form.all("select")] == [
        "来电人",
        "核身",
        "产品",
        "渠道",
        "地区",
    ]
    assert document.one("iframe").attributes["src"] == "/panel"
    assert "没有，只有本页" in document.text()
