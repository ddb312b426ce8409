"""Nothing that an author or a caller writes becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from markupsafe import escape
from starlette.testclient import TestClient

from tests.web.documents import read_html
from tests.web.hostile import BROKEN_PATH, PROCEDURE_ID, attack, hostile_files
from tests.web.site import site_of

PROCEDURE = f"/procedures/{PROCEDURE_ID}"
REGULATION = f"/regulations/{quote(attack('regulation'), safe='')}"
# Address → fields that must be seen there.
PRINTED = {
    PROCEDURE: "title summary owner category related ask answer step block script material "
    "requirement note deadline start authority question reply route link key value regulation "
    "gist caller product channel region",
    f"/?q=summary&open={PROCEDURE_ID}": "title summary step note category",
    "/explain?q=summary": "title",
    "/procedures": "title summary category related",
    "/": "title summary category phrase wording",
    "/regulations": "regulation fullname number issuer scope version",
    REGULATION: "fullname number issuer scope version change gist step title",
    "/health": "section",
    "/procedures/hostile-to": "title related",
}
EVIL = "\"'><script>x</script><img src=x onerror=x>"
ADDRESSES = (
    "/?q={}",
    "/?q=summary&open={}",
    "/?q=summary&on={}",
    "/?q=summary&event={}",
    "/?q=summary&{}=1",
    "/?q=summary&key={}",
    "/?q=summary&地区={}",
    "/?q={}&fragment=1",
    "/explain?q={}",
    "/explain?q=summary&{}=1",
    "/?q=" + "x" * 200 + "{}",
    PROCEDURE + "?来电人={}",
    PROCEDURE + "?ask={}",
    "/procedures/{}",
    "/regulations/{}",
    "/regulations?q={}",
    "/health?q={}&a={}",
    "/{}",
    "/static/{}",
)


@pytest.fixture(scope="module")
def hostile_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with site_of(tmp_path_factory.mktemp("hostile"), hostile_files()).client() as client:
        yield client


SCRIPTS = [{"src": "/static/appearance.js"}, {"type": "module", "src": "/static/desk/main.js"}]


def assert_inert(html: str) -> None:
    """Check that there is no element and no attribute but those of the templates."""
    document = read_html(html)
    # The fragment that live search fetches has no head, and so no script at all.
    scripts = [item.attributes for item in document.all("script")]
    assert scripts in ([], SCRIPTS)
    for element in document.descendants():
        assert element.tag not in ("img", "svg", "iframe", "object", "style", "base")
        assert not [name for name in element.attributes if name.startswith("on")]
        for name in ("href", "src", "action"):
            target = element.attributes.get(name, "/")
            assert target.startswith(("/", "#")), f"{name}={target}"
            assert not target.startswith("//")


@pytest.mark.parametrize("address", PRINTED)
def test_hostile_content_is_printed_as_text(hostile_client: TestClient, address: str) -> None:
    answer = hostile_client.get(address)

    assert_inert(answer.text)
    for field in PRINTED[address].split():
        assert str(escape(attack(field))) in answer.text, field


def test_the_hostile_content_is_served_but_for_the_broken_file(hostile_client: TestClient) -> None:
    body = hostile_client.get("/api/v1/health").json()

    assert body["procedures"] == 2
    assert {fault["file"] for fault in body["faults"]} == {BROKEN_PATH}


def test_a_hostile_answer_folds_as_text(hostile_client: TestClient) -> None:
    answer = hostile_client.get(PROCEDURE, params={attack("ask"): "乙", attack("key"): "无"})

    assert_inert(answer.text)
    folded = [item.text() for item in read_html(answer.text).all("details", "folded")]
    assert len(folded) == 4
    for field in ("step", "note", "material", "question"):
        assert any(attack(field) in text for text in folded), field


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hostile_address_is_printed_as_text(hostile_client: TestClient, address: str) -> None:
    answer = hostile_client.get(address.replace("{}", quote(EVIL, safe="")))

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert_inert(answer.text)


def test_a_hostile_query_stands_in_the_box_and_in_the_title(hostile_client: TestClient) -> None:
    document = read_html(hostile_client.get("/", params={"q": EVIL}).text)

    boxes = [item.attributes for item in document.one("form", "search").all("input")]
    assert [item["value"] for item in boxes if item.get("name") == "q"] == [EVIL]
    assert document.one("title").text().startswith(EVIL)


def test_hostile_content_in_the_api_is_json_that_nobody_renders(
    hostile_client: TestClient,
) -> None:
    for path in (f"procedures/{PROCEDURE_ID}", "search?q=summary", "suggest?q=says", "regulations"):
        answer = hostile_client.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
    found = hostile_client.get("/api/v1/suggest?q=says").json()["suggestions"]
    assert attack("says") in {item["text"] for item in found}


def test_a_hostile_reason_and_quote_are_printed_as_text(hostile_client: TestClient) -> None:
    for words in ("step script", "keyword", "<script>", "block onerror", "material"):
        assert_inert(hostile_client.get("/", params={"q": words}).text)
