"""The dashboard: figures of a period on a page, and its tables as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from starlette.testclient import TestClient

from kb.people import Role
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, changed
from tests.kb.figures.happenings import HOUR, NOON, ask, asked, publish, suspend
from tests.web.access.people import add_person, browser_of, open_state
from tests.web.documents import Element, read_html
from tests.web.site import Site, dated_files, site_of
from web.figures.tables import TABLES, span_text

ONLINE = changed("“尾号是这几位吗？”", "“官网也能查。”", SAMPLE)
OVERDUE = changed("review_by: 2026-12-31", "review_by: 2026-05-01", LINKED)
ONE_DAY = "?from=2026-06-01&to=2026-06-01"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site on which a few things happened on its day."""
    files = {**dated_files(), SAMPLE_PATH: ONLINE.encode(), LINKED_PATH: OVERDUE.encode()}
    site = site_of(tmp_path_factory.mktemp("figures"), files)
    engine = open_state(site)
    editor = add_person(site, "editor", Role.EDITOR)
    ask(
        site.settings.data_dir,
        [
            asked(1, "换号码", first_hit="contact-change"),
            asked(2, "换 号码", first_hit="contact-change", opened="contact-change"),
            asked(3, "=HYPERLINK(1)", first_hit="contact-change", answered=False),
            asked(4, "=HYPERLINK(1)", first_hit="", answered=False),
            asked(6, "换号码", first_hit="contact-change"),
            asked(5, "昨天", at=NOON - timedelta(days=1), first_hit="gone", took_ms=9.0),
        ],
    )
    publish(engine, 1, (0, 2.5, 3), by=editor)
    suspend(engine, "address-change", NOON, None, by=editor)
    return site


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[TestClient]:
    """The browser of a supervisor."""
    with browser_of(site, add_person(site, "boss", Role.SUPERVISOR)) as client:
        yield client


def page(client: TestClient, query: str = ONE_DAY) -> Element:
    answer = client.get(f"/figures{query}")
    assert answer.status_code == 200, answer.text
    return read_html(answer.text)


def tiles(document: Element) -> dict[str, str]:
    rows = document.one("dl", "tiles").all("div")
    return {row.one("dt").text(): row.one("dd").text() for row in rows}


def rows_of(document: Element, title: str) -> list[list[str]]:
    (region,) = [
        item
        for item in document.all("div", "scroll")
        if item.attributes["aria-label"] == f"{title}的数"
    ]
    return [[cell.text() for cell in row.all("td")] for row in region.one("tbody").all("tr")]


def table(client: TestClient, name: str, query: str = ONE_DAY) -> list[list[str]]:
    answer = client.get(f"/figures/{name}.csv{query}")
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_figures_of_the_period_stand_at_the_top(client: TestClient) -> None:
    assert tiles(page(client)) == {
        "检索次数": "5",
        "无匹配比例": "40.0%",
        "首条即用比例": "100.0%",
        "检索用时中位（毫秒）": "0.5",
        "检索用时 95 分位（毫秒）": "0.5",
        "用到的规程": "1",
        "发布次数": "1",
        "紧急停用": "1",
    }


def test_a_question_leads_to_its_procedure_and_to_what_customers_can_do_themselves(
    client: TestClient,
) -> None:
    document = page(client)
    first, second = rows_of(document, "高频问题")

    assert first == ["换号码", "3", "变更联系电话", "官网也能查。"]
    assert second == ["=HYPERLINK(1)", "2", "无匹配", ""]
    hrefs = [link.attributes["href"] for link in document.all("a")]
    assert "/procedures/contact-change#read-out" in hrefs


def test_procedures_are_listed_used_and_unused(client: TestClient) -> None:
    document = page(client)

    assert rows_of(document, "最常用的规程") == [["变更联系电话", "3", "3", "1"]]
    assert rows_of(document, "没有用到的规程") == [["变更联系地址", "保全", "保全运营"]]
    assert ["gone", "1", "1", "0"] in rows_of(page(client, ""), "最常用的规程")


def test_how_changes_went_is_told(client: TestClient) -> None:
    document = page(client)

    assert rows_of(document, "审批用时（中位）") == [
        ["全部", "1", "2 小时 30 分", "30 分", "3 小时"],
        ["其中紧急更正", "0", "—", "—", "—"],
    ]
    (suspended,) = rows_of(document, "紧急停用")
    assert suspended == ["变更联系地址", "", "2026-06-01 12:00", "仍停用", "条款改了"]
    assert rows_of(document, "坐席反馈") == [["有用", "0"], ["没解决", "0"], ["有错", "0"]]


def test_overdue_reviews_are_those_of_today(client: TestClient) -> None:
    for period in (ONE_DAY, "?from=2026-01-01&to=2026-01-02"):
        (row,) = rows_of(page(client, period), "复审逾期")
        assert row == ["变更联系地址", "保全运营", "2026-05-01", "31"]


def test_charts_have_a_title_and_a_sentence_for_who_does_not_see_them(client: TestClient) -> None:
    charts = page(client).all("svg", "chart")

    assert len(charts) == 3
    for chart in charts:
        named = chart.attributes["aria-labelledby"].split()
        assert named == [chart.one("title").attributes["id"], chart.one("desc").attributes["id"]]
    assert "5 次检索，其中 2 次无匹配" in charts[0].one("desc").text()


def test_a_period_without_searches_says_so_and_draws_nothing(client: TestClient) -> None:
    document = page(client, "?from=2026-01-01&to=2026-01-02")

    assert "没有检索记录" in document.one("p", "nothing").text()
    assert document.all("svg", "chart") == []
    assert tiles(document)["无匹配比例"] == "—"


def test_periods_are_a_link_away(client: TestClient) -> None:
    nav = page(client, "").one("div", "period").one("nav")

    assert [link.text() for link in nav.all("a")] == ["今天", "7 天", "30 天", "本月", "上月"]
    (current,) = [link for link in nav.all("a") if "aria-current" in link.attributes]
    assert current.text() == "30 天"
    for link in nav.all("a"):
        assert client.get(link.attributes["href"]).status_code == 200


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_file(client: TestClient, name: str) -> None:
    head, *rows = table(client, name)

    assert head
    assert all(len(row) == len(head) for row in rows)


def test_a_file_holds_numbers_and_no_formulas(client: TestClient) -> None:
    assert table(client, "days")[1] == ["2026-06-01", "5", "3", "2", "0.4", "1.0"]
    assert ["'=HYPERLINK(1)", "2", "无匹配", ""] in table(client, "questions")
    assert table(client, "approvals")[1] == ["全部", "1", "150.0", "30.0", "180.0"]


def test_a_file_is_named_after_table_and_period(client: TestClient) -> None:
    headers = client.get(f"/figures/days.csv{ONE_DAY}").headers

    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert "2026-06-01%202026-06-01.csv" in headers["content-disposition"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/figures?from=2026-06-02&to=2026-06-01", 422),
        ("/figures?from=x", 422),
        ("/figures/days.csv?from=2020-01-01&to=2026-06-01", 422),
        ("/figures/nothing.csv", 404),
        ("/figures/..%2f..%2fetc.csv", 404),
    ],
)
def test_what_is_no_period_or_table_is_an_error_page(
    client: TestClient, address: str, status: int
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "<h1" in answer.text


@pytest.mark.parametrize("address", ["/figures", "/figures/days.csv"])
def test_agents_do_not_see_figures(site: Site, address: str) -> None:
    with browser_of(site, add_person(site, f"agent{len(address)}", Role.AGENT)) as client:
        assert client.get(address).status_code == 403
        assert "管理" not in client.get("/").text


def test_who_may_see_them_finds_them_in_the_menu(client: TestClient) -> None:
    menu = page(client).one("details", "menu")
    assert [link.text() for link in menu.all("a")][-2:] == ["复核", "看板"]
    (current,) = [link for link in menu.all("a") if "aria-current" in link.attributes]
    assert current.attributes["href"] == "/figures"


@pytest.mark.parametrize(
    ("hours", "text"),
    [(0.005, "不到 1 分"), (0.5, "30 分"), (2, "2 小时"), (25.5, "1 天 1 小时"), (48, "2 天")],
)
def test_spans_are_told_in_their_two_largest_units(hours: float, text: str) -> None:
    assert span_text(hours * HOUR) == text
