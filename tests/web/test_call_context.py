"""The call context is set once: every link keeps what it does not change."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.web.documents import Element, link, read_html

CALL = "来电人=代办人&核身=已核&地区=深圳"
OWN = "办理人=代办"
STATE = f"{CALL}&{OWN}&event=2026-05-04&on=2026-05-20"
VALUES = dict(parse_qsl(STATE))


def page(client: TestClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return read_html(answer.text)


def state_of(href: str) -> dict[str, str]:
    """Return the address's query as values, without what belongs to the search."""
    values = dict(parse_qsl(urlsplit(href).query))
    of_search = ("q", "open", "search_id")
    return {name: value for name, value in values.items() if name not in of_search}


@pytest.fixture(scope="module")
def document(client: TestClient) -> Element:
    return page(client, f"/?q=换号码&{STATE}")


def test_the_form_shows_the_call(document: Element) -> None:
    chosen = {
        select.attributes["name"]: option.attributes["value"]
        for select in document.one("fieldset", "call").all("select")
        for option in select.all("option")
        if "selected" in option.attributes
    }
    days = {
        item.attributes["name"]: item.attributes["value"]
        for item in document.one("fieldset", "call").all("input")
    }

    assert chosen == dict(parse_qsl(CALL))
    assert days == {"event": "2026-05-04", "on": "2026-05-20"}


def test_a_link_to_a_hit_keeps_the_call(document: Element) -> None:
    targets = [item.attributes["href"] for item in document.one("aside", "hits").one("ol").all("a")]

    assert len(targets) == 2
    assert [state_of(target) for target in targets] == [VALUES] * 2


def test_an_answer_to_a_question_is_added_to_the_call(document: Element) -> None:
    target = link(document.one("div", "questions"), "在用")

    assert state_of(target) == {**VALUES, "号码状态": "在用"}


def test_choosing_the_chosen_answer_takes_it_back(document: Element) -> None:
    chosen = document.one("div", "questions").all("a", "chosen")

    assert [item.text() for item in chosen] == ["已核", "代办"]
    without = {name: value for name, value in VALUES.items() if name != "办理人"}
    assert state_of(chosen[1].attributes["href"]) == without


def test_answering_keeps_the_hit_that_is_open(client: TestClient) -> None:
    document = page(client, "/?q=换号码&open=contact-change")

    target = link(document.one("div", "questions"), "代办")
    assert dict(parse_qsl(urlsplit(target).query))["open"] == "contact-change"


def test_the_link_to_the_procedure_itself_keeps_the_call(document: Element) -> None:
    target = document.one("article").one("h1").one("a").attributes["href"]

    assert urlsplit(target).path == "/procedures/contact-change"
    assert state_of(target) == VALUES


@pytest.mark.parametrize("words", ["变更联系地址"])
def test_a_link_to_a_related_procedure_keeps_the_call(document: Element, words: str) -> None:
    target = link(document.one("article").one("footer"), words)

    assert state_of(target) == VALUES


def test_a_link_in_the_text_keeps_the_call(document: Element) -> None:
    target = link(document.one("section", "steps"), "变更联系地址")

    assert urlsplit(target).fragment == "collect"
    assert state_of(target) == VALUES


def test_a_link_to_another_version_keeps_the_call_and_changes_the_day(document: Element) -> None:
    target = link(document.one("article").one("footer"), "2026-07-01 起（将生效）")

    assert state_of(target) == {**VALUES, "on": "2026-07-01"}


def test_a_procedure_in_the_list_keeps_the_call(client: TestClient) -> None:
    document = page(client, f"/procedures?{STATE}")

    assert state_of(link(document.one("div", "categories"), "变更联系地址")) == VALUES


def test_the_navigation_keeps_the_call(document: Element) -> None:
    assert state_of(link(document.one("nav", "nav"), "规程")) == VALUES


def test_going_back_to_today_keeps_the_rest(document: Element) -> None:
    target = link(document.one("p", "banner"), "回到今天")

    assert dict(parse_qsl(urlsplit(target).query))["q"] == "换号码"
    assert state_of(target) == {name: value for name, value in VALUES.items() if name != "on"}


def test_the_form_keeps_the_answers_to_the_questions(document: Element) -> None:
    # Without JavaScript the form is all that is sent.
    names = {
        item.attributes["name"]
        for item in document.one("form", "search").descendants()
        if item.tag in ("input", "select")
    }

    assert "办理人" in names


def test_an_answer_of_another_procedure_folds_nothing(client: TestClient) -> None:
    document = page(client, "/procedures/contact-change?办理人=监护人")

    assert not document.all("details", "folded")
    assert not document.all("p", "count")
