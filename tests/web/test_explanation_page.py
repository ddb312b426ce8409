"""The account of a query, for editors: linked from the results, and in the search's own figures."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from tests.web.documents import Element, link, read_html
from tests.web.site import Site

LINK = "检索说明：为什么这样排"


def page(client: TestClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return read_html(answer.text)


def sections(document: Element) -> dict[str, Element]:
    """Return heading → section."""
    return {item.one("h2").text(): item for item in document.all("section")}


def rows(section: Element) -> list[list[str]]:
    body = section.one("tbody")
    return [[cell.text() for cell in row.all("td")] for row in body.all("tr")]


def facts(section: Element) -> dict[str, str]:
    return {row.one("dt").text(): row.one("dd").text() for row in section.all("dl")[0].all("div")}


@pytest.mark.parametrize("text", ["换号码", "火星探测器发射"])
def test_the_results_lead_to_the_account_and_back(client: TestClient, text: str) -> None:
    search = f"/?q={text}&地区=深圳"
    account = link(page(client, search), LINK)

    assert unquote(account) == f"/explain?q={text}&地区=深圳"
    back = link(page(client, account), "回到检索结果")
    assert unquote(back) == search


def test_the_account_tells_how_the_query_was_read(real_client: TestClient) -> None:
    document = page(real_client, "/explain?q=请问duanbao能退多少")

    read = facts(sections(document)["怎样读"])
    assert read["字母读成词"] == "请问断保能退多少"
    assert read["留下的词"] == "断保 退"
    assert "请问（虚词）" in read["去掉的词"]
    terms = rows(sections(document)["检索项"])
    assert ["词", "断保", "断保", ""] in [row[:4] for row in terms]
    assert ["词", "现金价值", "退", "现金价值"] in [row[:4] for row in terms]


@pytest.mark.parametrize("text", ["断保 能退多少", "退保要什么材料", "收益人写前夫", "syrbg"])
def test_every_score_is_made_up_by_word_and_by_field(
    real: Site, real_client: TestClient, text: str
) -> None:
    found = real.view().search(text, 3).hits
    explanation = real.view().explain(text)
    shown = sections(page(real_client, f"/explain?q={text}"))

    assert [hit.id for hit in explanation.hits] == [hit.id for hit in found]
    for rank, (hit, explained) in enumerate(zip(found, explanation.hits, strict=True), 1):
        assert sum(part.points for part in explained.parts) == pytest.approx(hit.score, abs=1e-3)
        for word in explained.words:
            assert sum(word.by_field.values()) == pytest.approx(word.total, abs=1e-3)
        section = shown[f"{rank}. {explained.title}"]
        assert section.all("p")[0].text().startswith(f"{hit.score:.2f} ＝ 词语")
        assert [(row[0], row[-1]) for row in rows(section)] == [
            (word.word, f"{word.total:.2f}") for word in explained.words
        ]


def test_the_likeliest_procedures_the_signs_and_the_verdict_are_shown(
    real_client: TestClient,
) -> None:
    shown = sections(page(real_client, "/explain?q=退保要什么材料"))

    assert shown["像在问什么"].all("li")[0].all("a")[0].text() == "退保申请材料"
    assert [row[0] for row in rows(shown["能不能作答"])] == ["起点", "覆盖", "领先", "别家业务"]
    assert shown["能不能作答"].one("p").text().endswith("：作答")


def test_a_query_without_an_answer_is_accounted_for(client: TestClient) -> None:
    shown = sections(page(client, "/explain?q=火星"))

    assert shown["排序"].text().endswith("没有规程含有这些词。")
    assert shown["能不能作答"].one("p").text() == "没有命中：无匹配"


def test_identifiers_are_masked_everywhere(client: TestClient) -> None:
    results = client.get("/", params={"q": "13812345678 换号码"}).text
    assert "1381234" not in link(read_html(results), LINK)
    account = client.get("/explain", params={"q": "138 1234 5678 换号码"}).text
    assert "5678" not in account
    assert facts(sections(read_html(account))["怎样读"])["输入"] == "〈手机号〉 换号码"


def test_the_day_decides_which_version_is_accounted_for(client: TestClient) -> None:
    shown = sections(page(client, "/explain?q=变更联系电话&on=2026-07-01"))

    assert "1. 变更联系电话新规" in shown


@pytest.mark.parametrize("query", ["", "?q=", "?q=换号码&on=x"])
def test_without_a_query_or_with_a_wrong_day_there_is_no_account(
    client: TestClient, query: str
) -> None:
    assert client.get(f"/explain{query}").status_code == 422
