"""The form under an answer, and `POST /feedback`, which takes it without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.feedback import MAX_LINE_CHARS, VERDICTS
from kb.search_events import new_search_id
from tests.kb.feedback.sayings import stored_feedback
from tests.web.documents import Element, link, read_html
from tests.web.site import Site, dated_files, site_of

PROCEDURE = "/procedures/contact-change"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("feedback"), dated_files())


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with site.client() as client:
        yield client
    for path in site.settings.data_dir.glob("kb.sqlite3*"):
        path.unlink()


def form_of(answer: Response) -> Element:
    return read_html(answer.text).one("form", "feedback")


def send(client: TestClient, form: Element, verdict: str, line: str | None = None) -> Response:
    """Send `form` as a browser does when the button of `verdict` is pressed."""
    pairs = [
        (item.attributes["name"], item.attributes["value"])
        for item in form.all("input")
        if line is None or item.attributes["name"] != "line"
    ]
    pairs += [("verdict", verdict)] + ([] if line is None else [("line", line)])
    assert form.attributes["method"] == "post"
    return client.post(form.attributes["action"], content=urlencode(pairs), headers=FORM)


def stored_values(site: Site, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in stored_feedback(site.settings)]


def test_every_verdict_has_a_button_and_the_enter_key_presses_none(client: TestClient) -> None:
    first, *others = form_of(client.get(PROCEDURE)).all("button")

    assert "disabled" in first.attributes
    assert "name" not in first.attributes
    assert [item.attributes["value"] for item in others] == list(VERDICTS)
    assert {item.attributes["name"] for item in others} == {"verdict"}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_was_pressed_and_typed_is_stored(site: Site, client: TestClient, verdict: str) -> None:
    answer = send(client, form_of(client.get(PROCEDURE)), verdict, "第 3 步 & 其他=不对")

    assert answer.status_code == 201
    assert read_html(answer.text).one("h1").text() == "已记下"
    assert stored_values(site, "verdict", "line", "procedure_id") == [
        (verdict, "第 3 步 & 其他=不对", "contact-change")
    ]


def test_feedback_belongs_to_the_version_the_call_and_the_question_of_its_page(
    site: Site, client: TestClient
) -> None:
    search_id = new_search_id()
    page = client.get(f"/?q=换号码&on=2026-07-02&核身=已核&办理人=代办&search_id={search_id}")
    send(client, form_of(page), "有用")

    body = client.get(f"/api/v1{PROCEDURE}?on=2026-07-02").json()
    assert stored_values(site, "revision", "day", "context", "search_id", "line") == [
        (body["revision"], "2026-07-02", "核身=已核 办理人=代办", search_id, "")
    ]


def test_the_way_back_leads_to_the_answer_with_its_day_and_its_call(client: TestClient) -> None:
    call = "核身=已核&办理人=代办&event=2026-05-04"
    for day, expected in (("2026-07-02", {"on": "2026-07-02"}), ("2026-06-01", {})):
        page = client.get(f"{PROCEDURE}?{call}&on={day}")
        main = read_html(send(client, form_of(page), "有用").text).one("main")
        target = urlsplit(link(main, f"回到《{read_html(page.text).one('h1').text()}》"))

        assert target.path == PROCEDURE
        assert dict(parse_qsl(target.query)) == {**dict(parse_qsl(call)), **expected}


def test_no_address_is_taken_from_the_request(client: TestClient) -> None:
    fields = {"next": "https://elsewhere.example/", "href": "//elsewhere.example"}
    form = form_of(client.get(PROCEDURE))
    form.children += [Element("input", {"name": n, "value": v}) for n, v in fields.items()]
    answer = send(client, form, "有用")

    assert answer.status_code == 201
    assert "elsewhere" not in answer.text
    assert "location" not in answer.headers


def test_a_database_that_refuses_is_a_503_whose_form_has_what_was_typed(
    site: Site, client: TestClient
) -> None:
    line = "\"'><script>x</script>"
    form = form_of(client.get(f"{PROCEDURE}?核身=已核"))
    with site.broken_database():
        refused = send(client, form, "有错", line)

    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert "没有记下" in read_html(refused.text).one("h1").text()
    assert all("src" in item.attributes for item in read_html(refused.text).all("script"))
    again = form_of(refused)
    assert send(client, again, "有错").status_code == 201
    assert stored_values(site, "line", "context") == [(line, "核身=已核")]


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"procedure": "contact-chang"}, 404, "contact-change"),
        ({"procedure": ""}, 404, "没有编号"),
        ({"day": "2025-12-31"}, 404, "没有有效版本"),
        ({"verdict": "一般"}, 422, "有用、没解决、有错"),
        ({"verdict": ""}, 422, "有用、没解决、有错"),
        ({"revision": "13800138000"}, 422, "修订号"),
        ({"day": "morgen"}, 422, "morgen"),
        ({"event": "morgen"}, 422, "morgen"),
        ({"set": "核身=也许"}, 422, "也许"),
        ({"line": "长" * (MAX_LINE_CHARS + 1)}, 422, "500 字"),
        ({"line": "长" * 2_000}, 413, "太长"),
    ],
)
def test_what_is_wrong_is_said_on_a_page_and_not_stored(
    site: Site, client: TestClient, changes: dict[str, str], status: int, words: str
) -> None:
    body = client.get(f"/api/v1{PROCEDURE}").json()
    good = {"verdict": "有错", "procedure": body["id"], "revision": body["revision"]}
    answer = client.post("/feedback", content=urlencode({**good, **changes}), headers=FORM)

    assert answer.status_code == status
    assert words in read_html(answer.text).one("main").text()
    assert stored_feedback(site.settings) == []


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", ""])
def test_what_is_no_form_is_a_415(client: TestClient, kind: str) -> None:
    answer = client.post("/feedback", content="{}", headers={"content-type": kind})

    assert answer.status_code == 415
    assert "只收表单" in read_html(answer.text).one("h1").text()


@pytest.mark.parametrize("body", [b"", b"\xff\xfe%ff%00", b"&&==%", b"set&set==&day=%00"])
def test_a_broken_form_is_refused(site: Site, client: TestClient, body: bytes) -> None:
    answer = client.post("/feedback", content=body, headers=FORM)

    assert answer.status_code in (404, 422)
    assert stored_feedback(site.settings) == []


def test_the_page_is_made_by_sending_the_form_alone(client: TestClient) -> None:
    assert client.get("/feedback").status_code == 405
