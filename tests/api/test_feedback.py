"""`POST /feedback`: what an agent says of an answer is stored before it is acknowledged."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.schemas import MAX_PAIRS, FeedbackBody
from kb.feedback import MAX_LINE_CHARS, VERDICTS
from kb.feedback.store import FeedbackStore
from kb.search_events import new_search_id
from tests.api.endpoints import BASE
from tests.api.test_errors import error_of
from tests.kb.feedback.sayings import stored_feedback
from tests.web.site import Site, dated_files, site_of

ADDRESS = f"{BASE}/feedback"
PROCEDURE = "contact-change"
LONGEST_WAIT_SECONDS = 20


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("feedback"), dated_files())


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with site.client() as client:
        yield client
    for path in site.settings.data_dir.glob("kb.sqlite3*"):
        path.unlink()


@pytest.fixture
def body(client: TestClient) -> dict[str, Any]:
    """A body about the answer of today."""
    answer = client.get(f"{BASE}/procedures/{PROCEDURE}").json()
    names = {"procedure": "id", "revision": "revision", "day": "day"}
    return {"verdict": "有错", **{name: answer[field] for name, field in names.items()}}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_feedback_is_stored_and_acknowledged(
    site: Site, client: TestClient, body: dict[str, Any], verdict: str
) -> None:
    search_id = new_search_id()
    call = ["办理人=代办", "核身=已核", "备注=张三"]
    more = {"verdict": verdict, "set": call, "search_id": search_id, "line": "第 3 步\n不对"}
    answer = client.post(ADDRESS, json=body | more)

    assert answer.status_code == 201
    (row,) = stored_feedback(site.settings)
    assert FeedbackBody.model_validate(answer.json()).id == row["id"]
    assert (row["verdict"], row["procedure_id"]) == (verdict, PROCEDURE)
    assert (row["revision"], row["day"]) == (body["revision"], "2026-06-01")
    assert (row["context"], row["search_id"]) == ("核身=已核 办理人=代办", search_id)
    assert row["line"] == "第 3 步 不对"


def test_what_is_not_given_is_empty_and_the_day_is_today(
    site: Site, client: TestClient, body: dict[str, Any]
) -> None:
    del body["day"]
    client.post(ADDRESS, json={**body, "search_id": "13800138000"})

    (row,) = stored_feedback(site.settings)
    assert row["day"] == "2026-06-01"
    assert (row["context"], row["search_id"], row["line"]) == ("", "", "")


def test_what_was_read_before_an_edit_keeps_its_revision(
    site: Site, client: TestClient, body: dict[str, Any]
) -> None:
    client.post(ADDRESS, json={**body, "revision": "0" * 64})

    assert [row["revision"] for row in stored_feedback(site.settings)] == ["0" * 64]


def test_an_identifier_is_masked(site: Site, client: TestClient, body: dict[str, Any]) -> None:
    client.post(ADDRESS, json={**body, "line": "客户13800138000说报案654321查不到"})

    lines = [row["line"] for row in stored_feedback(site.settings)]
    assert lines == ["客户〈手机号〉说报案〈号码〉查不到"]


def test_an_unknown_procedure_is_a_404(client: TestClient, body: dict[str, Any]) -> None:
    unknown = client.post(ADDRESS, json={**body, "procedure": "contact-chang"})
    not_in_force = client.post(ADDRESS, json={**body, "day": "2025-12-31"})

    assert PROCEDURE in error_of(unknown, 404, "procedure-not-found")
    error_of(not_in_force, 404, "procedure-not-in-force")


@pytest.mark.parametrize(
    ("changes", "code", "named"),
    [
        ({"verdict": "一般"}, "query-invalid", "verdict"),
        ({"verdict": None}, "query-invalid", "verdict"),
        ({"revision": "x"}, "query-invalid", "修订号"),
        ({"procedure": 1}, "query-invalid", "procedure"),
        ({"day": "昨天"}, "query-invalid", "昨天"),
        ({"line": "长" * (MAX_LINE_CHARS + 1)}, "query-invalid", "line"),
        ({"set": "核身=已核"}, "query-invalid", "set"),
        ({"set": ["核身=已核"] * (MAX_PAIRS + 1)}, "query-invalid", "set"),
        ({"set": ["核身=也许"]}, "call-context-invalid", "也许"),
        ({"set": ["核身"]}, "call-context-invalid", "核身"),
    ],
)
def test_what_is_wrong_is_named_and_not_stored(
    site: Site,
    client: TestClient,
    body: dict[str, Any],
    changes: dict[str, Any],
    code: str,
    named: str,
) -> None:
    assert named in error_of(client.post(ADDRESS, json=body | changes), 422, code)
    assert stored_feedback(site.settings) == []


@pytest.mark.parametrize("name", ["verdict", "procedure", "revision"])
def test_what_is_missing_is_named(client: TestClient, body: dict[str, Any], name: str) -> None:
    del body[name]

    assert name in error_of(client.post(ADDRESS, json=body), 422, "query-invalid")


@pytest.mark.parametrize("name", ["line", "day", "procedure", "search_id", "revision"])
def test_a_lone_surrogate_is_no_server_error(
    client: TestClient, body: dict[str, Any], name: str
) -> None:
    text = json.dumps({**body, name: "保\ud800"})
    answer = client.post(ADDRESS, content=text, headers={"content-type": "application/json"})

    assert answer.status_code < 500


def test_a_database_that_refuses_is_a_503_that_asks_to_send_it_again(
    site: Site, client: TestClient, body: dict[str, Any]
) -> None:
    with site.broken_database():
        refused = client.post(ADDRESS, json=body)

    message = error_of(refused, 503, "database-unavailable")
    assert message == "没有记下：数据库暂时用不了，请稍后再提交一次。"
    assert int(refused.headers["retry-after"]) > 0
    assert client.post(ADDRESS, json=body).status_code == 201
    assert len(stored_feedback(site.settings)) == 1


def test_searches_are_answered_while_feedback_waits_for_the_database(
    client: TestClient, body: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    is_writing, may_write = threading.Event(), threading.Event()

    def write(*_: object) -> None:
        is_writing.set()
        assert may_write.wait(LONGEST_WAIT_SECONDS), "nothing else was answered"

    monkeypatch.setattr(FeedbackStore, "write", write)
    with ThreadPoolExecutor(1) as agent:
        waiting = agent.submit(client.post, ADDRESS, json=body)
        assert is_writing.wait(LONGEST_WAIT_SECONDS)
        found = client.get(f"{BASE}/search?q=换号码")
        assert not waiting.done()
        may_write.set()

    assert found.status_code == 200
    assert waiting.result().status_code == 201
