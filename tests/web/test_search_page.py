"""The search page: its first screen is the answer, or says honestly that there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from tests.content_samples import REFERENCE_FILES, sample_files
from tests.web.documents import Element, link, read_html
from tests.web.site import Site, site_of


def page(client: TestClient, address: str, status: int = 200) -> Element:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return read_html(answer.text)


def opened(document: Element) -> list[str]:
    return [item.attributes["data-id"] for item in document.all("article", "answer")]


def hits(document: Element) -> list[str]:
    found = document.all("aside", "hits")
    return [item.all("a")[0].text() for item in found[0].all("li")] if found else []


def test_the_best_hit_is_open_without_a_click(client: TestClient) -> None:
    document = page(client, "/?q=换号码")

    assert opened(document) == ["contact-change"]
    assert hits(document) == ["变更联系电话", "变更联系地址"]
    current = [item for item in document.all("a") if item.attributes.get("aria-current") == "true"]
    assert [item.text() for item in current[:1]] == ["变更联系电话"]
    assert document.one("article", "answer").one("p", "summary").text().startswith("联系电话由")
    assert len(document.all("li", "step")) == 4


def test_another_hit_can_be_opened(client: TestClient) -> None:
    first = page(client, "/?q=换号码")
    second = page(client, link(first.one("aside", "hits"), "变更联系地址"))

    assert opened(second) == ["address-change"]
    assert hits(second) == hits(first)
    assert "open" in second.one("aside", "hits").all("li")[1].classes


def test_a_hit_that_is_not_there_leaves_the_best_one_open(client: TestClient) -> None:
    assert opened(page(client, "/?q=换号码&open=no-such")) == ["contact-change"]


def test_a_hit_says_where_and_why_it_matched(client: TestClient) -> None:
    first = page(client, "/?q=换号码").one("aside", "hits").all("li")[0]

    assert first.one("p", "quote").text() == "步骤1·必核 姓名和证件号码"
    assert [item.text() for item in first.all("mark")] == ["号码"]
    assert first.one("p", "why").text() == "命中：换（客户说法）；号码（客户说法）"


def test_no_answer_is_said_with_the_two_routes(real_client: TestClient) -> None:
    document = page(real_client, "/?q=火星探测器发射")

    notice = document.one("section", "no-answer")
    assert notice.one("h1").text() == "无匹配"
    assert notice.attributes["role"] == "status"
    assert "“火星探测器发射”" in notice.text()
    routes = [item.text() for item in notice.all("b")]
    assert {"转二线", "登记待答"} <= set(routes)
    assert opened(document) == []


@pytest.fixture(scope="module")
def unanswered(real_client: TestClient) -> str:
    """A question that no procedure answers although some words of it stand there."""
    for query in ("量子计算机怎么登记", "股票开户要什么材料", "今天天气怎么样", "汽车年检表格"):
        body = real_client.get("/api/v1/search", params={"q": query}).json()
        if body["hits"] and not body["answered"]:
            return query
    pytest.fail("every question is answered, or finds nothing at all")


def test_weak_candidates_are_marked_and_open_only_when_asked(
    real_client: TestClient, unanswered: str
) -> None:
    document = page(real_client, f"/?q={unanswered}")

    aside = document.one("aside", "hits")
    assert aside.one("h2").text() == "只是沾边，仅供参考"
    assert "visually-hidden" not in aside.one("h2").classes
    assert document.one("section", "no-answer").one("h1").text() == "无匹配"
    assert opened(document) == []
    after = page(real_client, aside.all("li")[0].all("a")[0].attributes["href"])
    assert len(opened(after)) == 1
    assert after.all("section", "no-answer"), "an opened candidate is still no answer"


@pytest.mark.parametrize("query", ["", "%20%20", "%E3%80%80"])
def test_an_empty_query_lists_the_categories(client: TestClient, query: str) -> None:
    document = page(client, f"/?q={query}")

    sections = document.one("div", "categories").all("section")
    assert [item.one("h2").text() for item in sections] == ["保全 2"]
    assert [item.text() for item in sections[0].all("a")] == ["变更联系地址", "变更联系电话"]
    assert not document.all("section", "no-answer")


def test_empty_content_shows_where_to_look(tmp_path: Path) -> None:
    (tmp_path / "content" / "procedures").mkdir(parents=True)
    site = site_of(tmp_path, {name: text.encode() for name, text in REFERENCE_FILES.items()})
    with site.client() as client:
        for address in ("/", "/procedures"):
            hint = page(client, address).one("p", "empty")
            assert "还没有可用的规程" in hint.text()
            assert link(hint, "运行状况") == "/health"
        assert page(client, "/?q=退保").all("section", "no-answer")
        assert client.get("/api/v1/search?q=退保").json()["hits"] == []


def test_content_of_which_every_file_is_broken_is_named_on_the_health_page(tmp_path: Path) -> None:
    site = site_of(tmp_path, sample_files(sample="没有文件头\n", linked="也没有\n"))
    with site.client() as client:
        assert len(page(client, "/health").one("tbody").all("tr")) == 2


def test_an_overdue_review_is_marked_on_the_hit_and_on_the_answer(dated: Site) -> None:
    later = Site(dated.content.parent)
    later.today = date(2027, 1, 1)
    with later.client() as client:
        document = page(client, "/?q=换号码")

    assert [item.text() for item in document.one("aside", "hits").all("span", "tag")] == [
        "复审逾期",
        "复审逾期",
    ]
    assert "复审日 2026-12-31 已过" in document.one("p", "notice").text()


def test_the_fragment_holds_the_results_of_the_page_and_nothing_else(client: TestClient) -> None:
    address = f"/?q=换号码&核身=已核&search_id={'0' * 32}"
    whole = client.get(address).text
    part = client.get(f"{address}&fragment=1").text

    assert "<html" not in part
    assert part.strip() in whole


def test_the_box_keeps_what_was_typed_and_refuses_more_than_can_be_searched(
    client: TestClient,
) -> None:
    box = next(item for item in page(client, "/?q=+换  号码+").all("input"))
    assert (box.attributes["value"], box.attributes["maxlength"]) == ("换  号码", "200")

    document = page(client, "/?q=" + "码" * 201, 422)
    assert "最多 200 字" in document.one("h1").text()


def test_what_was_typed_can_be_completed(client: TestClient) -> None:
    nav = page(client, "/?q=变更联系&来电人=投保人").one("nav", "completions")
    texts = [item.text() for item in nav.all("a")]
    assert texts == ["变更联系地址", "变更联系电话"]
    after = page(client, link(nav, "变更联系电话"))
    boxes = [
        item.attributes
        for item in after.one("form", "search").all("input")
        if item.attributes.get("name") == "q"
    ]
    assert [item["value"] for item in boxes] == ["变更联系电话"]
    assert unquote(link(nav, "变更联系电话")).endswith("来电人=投保人")


@pytest.mark.parametrize("query", ["变更联系电话", "火星探测器发射"])
def test_the_line_of_completions_keeps_its_place_when_there_are_none(
    client: TestClient, query: str
) -> None:
    assert page(client, f"/?q={query}").one("nav", "completions").all("a") == []
