"""`/questions`: what an agent promised a caller is entered once, listed, and ended."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.schemas import OwnQuestion, OwnQuestionsBody
from kb.people import Person, Role
from kb.questions.questions import Questions
from tests.api.endpoints import BASE
from tests.api.test_errors import error_of
from tests.web.access.people import add_person, browser_of, open_state
from tests.web.site import Site, dated_files, site_of

ADDRESS = f"{BASE}/questions"
DUE = "2026-06-01T18:00:00+08:00"
PHONE = "13800138000"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("questions"), dated_files())


@pytest.fixture
def agent(site: Site) -> Person:
    return an_agent(site)


def an_agent(site: Site) -> Person:
    return add_person(site, secrets.token_hex(8), Role.AGENT)


@pytest.fixture
def client(site: Site, agent: Person) -> Iterator[TestClient]:
    with browser_of(site, agent) as client:
        yield client


def body(**changes: Any) -> dict[str, Any]:
    given = {"id": secrets.token_hex(16), "text": "外地能补发吗", "ticket": "GD-20260601001"}
    return given | changes


def mine(client: TestClient) -> list[dict[str, Any]]:
    answer = client.get(f"{ADDRESS}/mine")
    assert answer.status_code == 200, answer.text
    listed = OwnQuestionsBody.model_validate(answer.json())
    assert listed.model_dump(mode="json") == answer.json()
    found: list[dict[str, Any]] = answer.json()["questions"]
    return found


def test_a_promise_is_stored_and_listed(client: TestClient) -> None:
    given = body(text=f"外地能补发吗 {PHONE}", procedure="contact-change")
    answer = client.post(ADDRESS, json=given)

    assert answer.status_code == 201
    question = answer.json()
    assert OwnQuestion.model_validate(question).model_dump(mode="json") == question
    assert question == {
        "id": given["id"],
        "kind": "待答",
        "state": "处理中",
        "text": "外地能补发吗 〈手机号〉",
        "ticket": "GD-20260601001",
        "procedure": "contact-change",
        "is_owner": True,
        "asked_at": "2026-06-01T10:00:00+08:00",
        "promised_at": DUE,
        "wording": "6月1日（周一）18:00前",
        "due": "",
        "answer": "",
        "href": f"/questions/{given['id']}",
    }
    assert mine(client) == [question]


def test_what_is_sent_again_is_stored_once(client: TestClient) -> None:
    given = body()
    answers = [client.post(ADDRESS, json=given) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201] * 3
    assert mine(client) == [answers[0].json()]


def test_what_waited_for_the_server_counts_from_when_it_was_asked(client: TestClient) -> None:
    early = body(asked_at="2026-05-29T17:00:00+08:00", promised="2026-05-29T17:30:00+08:00")
    fast = body(asked_at="2026-06-01T12:00:00+08:00")
    answers = [client.post(ADDRESS, json=given).json() for given in (early, fast)]

    assert [answer["promised_at"] for answer in answers] == ["2026-05-29T17:30:00+08:00", DUE]
    assert [answer["due"] for answer in answers] == ["已逾期", ""]


def test_a_procedure_that_is_not_there_is_left_out(client: TestClient) -> None:
    assert client.post(ADDRESS, json=body(procedure="../x")).json()["procedure"] == ""


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": "x"}, "编号"),
        ({"text": " "}, "问"),
        ({"text": "长" * 501}, "text"),
        ({"ticket": PHONE}, "工单号"),
        ({"ticket": ""}, "工单号"),
        ({"ticket": "G" * 65}, "ticket"),
        ({"promised": "2026-06-01T18:01:00+08:00"}, "2026-06-01 18:00"),
        ({"promised": "2026-06-01T09:00:00+08:00"}, "登记之后"),
        ({"promised": "2026-06-01T11:00:00"}, "promised"),
        ({"asked_at": "today"}, "asked_at"),
    ],
)
def test_what_is_wrong_is_named_and_not_stored(
    client: TestClient, changes: dict[str, Any], named: str
) -> None:
    message = error_of(client.post(ADDRESS, json=body(**changes)), 422, "query-invalid")

    assert named in message
    assert PHONE not in message
    assert mine(client) == []


@pytest.mark.parametrize("name", ["id", "text", "ticket"])
def test_what_is_missing_is_named(client: TestClient, name: str) -> None:
    given = body()
    del given[name]

    assert name in error_of(client.post(ADDRESS, json=given), 422, "query-invalid")


def test_an_id_of_somebody_else_is_refused(site: Site, client: TestClient) -> None:
    given = body()
    client.post(ADDRESS, json=given)
    with browser_of(site, an_agent(site)) as other:
        error_of(other.post(ADDRESS, json=given), 422, "query-invalid")
        assert mine(other) == []


def test_an_answer_is_seen(site: Site, client: TestClient) -> None:
    question_id = client.post(ADDRESS, json=body()).json()["id"]
    editor = add_person(site, "linxiao", Role.EDITOR)
    questions = Questions(open_state(site), site.settings.ticket_pattern)
    questions.answer(question_id, editor, "可以")

    (question,) = mine(client)
    assert (question["state"], question["answer"]) == ("已答复", "可以")


def test_who_was_called_waits_no_more(client: TestClient) -> None:
    question_id = client.post(ADDRESS, json=body()).json()["id"]
    address = f"{ADDRESS}/{question_id}/close"
    closed = client.post(address, json={"reason": "已回复客户"})

    assert closed.status_code == 200
    assert closed.json()["state"] == "已关闭"
    assert mine(client) == []
    error_of(client.post(address, json={"reason": "已回复客户"}), 409, "question-moved-on")


def test_what_is_not_ones_own_is_not_found(site: Site, client: TestClient) -> None:
    question_id = client.post(ADDRESS, json=body()).json()["id"]
    with browser_of(site, an_agent(site)) as other:
        for id_ in (question_id, "0" * 32, "x"):
            refused = other.post(f"{ADDRESS}/{id_}/close", json={"reason": "乱关"})
            error_of(refused, 404, "question-not-found")

    assert len(mine(client)) == 1


def test_what_was_handed_over_is_not_ones_own_any_more(
    site: Site, client: TestClient, agent: Person
) -> None:
    question_id = client.post(ADDRESS, json=body()).json()["id"]
    other = an_agent(site)
    questions = Questions(open_state(site), site.settings.ticket_pattern)
    questions.assign(question_id, agent, other.id, "我要下班")

    assert [item["is_owner"] for item in mine(client)] == [False]
    with browser_of(site, other) as their:
        assert [item["is_owner"] for item in mine(their)] == [True]
    refused = client.post(f"{ADDRESS}/{question_id}/close", json={"reason": "已回复"})
    error_of(refused, 403, "permission-denied")


def test_an_account_is_needed_and_the_token_of_its_session(site: Site, agent: Person) -> None:
    with site.client() as nobody:
        error_of(nobody.get(f"{ADDRESS}/mine"), 401, "sign-in-required")
        error_of(nobody.post(ADDRESS, json=body()), 401, "sign-in-required")
    with browser_of(site, agent) as client:
        del client.headers["X-CSRF-Token"]
        error_of(client.post(ADDRESS, json=body()), 403, "token-missing")


def test_what_is_due_soon_is_said(client: TestClient) -> None:
    given = body(promised="2026-06-01T10:30:00+08:00")

    assert client.post(ADDRESS, json=given).json()["due"] == "快到期"


def test_a_database_that_refuses_is_a_503(site: Site, client: TestClient) -> None:
    client.get(f"{ADDRESS}/mine")
    with site.broken_database():
        error_of(client.post(ADDRESS, json=body()), 503, "database-unavailable")
