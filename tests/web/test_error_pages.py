"""What goes wrong is said on a page, with the way on."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from kb.changes import SavedMeanwhile
from kb.errors import ChangeInvalid, ChangeSetNotFound, CheckUnavailable, KbError, NotApproved
from tests.web.documents import Element, link, read_html
from tests.web.site import Site
from web.errors import status_of

IDENTIFIER = "11010519491231002X"


@pytest.fixture(scope="module")
def unbuilt_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with Site(tmp_path_factory.mktemp("unbuilt")).client() as client:
        yield client


def error_page(client: TestClient, address: str, status: int) -> Element:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    document = read_html(answer.text)
    main = document.one("main")
    assert f"错误 {status}" in main.text()
    assert urlsplit(link(main, "浏览全部规程")).path == "/procedures"
    assert document.one("form", "search").attributes["action"] == "/"
    return main


def test_an_unknown_procedure_offers_the_nearest(client: TestClient) -> None:
    main = error_page(client, "/procedures/contact-chang", 404)

    assert "没有编号为“contact-chang”的规程" in main.one("h1").text()
    assert urlsplit(link(main, "变更联系电话")).path == "/procedures/contact-change"


def test_an_unknown_procedure_that_resembles_none_offers_none(client: TestClient) -> None:
    assert error_page(client, "/procedures/zzzzzz", 404).all("li") == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/regulations/示例", "示例法"),
        ("/procedures/contact-change?on=2025-12-31", "2026-01-01、2026-07-01"),
        ("/nope", "没有这个页面"),
        ("/procedures/a/b", "没有这个页面"),
        ("/static/nope.css", "没有这个页面"),
    ],
)
def test_what_is_not_there_is_a_404_that_helps(
    client: TestClient, address: str, words: str
) -> None:
    assert words in error_page(client, address, 404).one("h1").text()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/?q=换号码&on=2026-02-30", "日期“2026-02-30”无效，应写成 2026-01-01"),
        ("/procedures/contact-change?event=morgen", "日期“morgen”无效"),
        ("/procedures?on=1.1.2026", "日期“1.1.2026”无效"),
        ("/health?on=x", "日期“x”无效"),
        ("/?q=换号码&地区=外星", "“地区”没有“外星”这个值"),
        ("/?q=换号码&来电人=投保", "投保人"),
        ("/?q=" + "码" * 201, "最多 200 字"),
    ],
)
def test_what_cannot_be_understood_is_a_422_that_says_why(
    client: TestClient, address: str, words: str
) -> None:
    assert words in error_page(client, address, 422).one("h1").text()


@pytest.mark.parametrize(
    "address", ["/", "/?q=换号码", "/procedures", "/procedures/x", "/regulations", "/health"]
)
def test_before_an_index_exists_every_page_is_a_503_that_says_when_to_retry(
    unbuilt_client: TestClient, address: str
) -> None:
    main = error_page(unbuilt_client, address, 503)

    assert "索引还没有建好" in main.one("h1").text()
    assert "索引建好后刷新本页" in main.text()
    assert int(unbuilt_client.get(address).headers["retry-after"]) > 0


def test_static_files_are_served_before_an_index_exists(unbuilt_client: TestClient) -> None:
    assert unbuilt_client.get("/static/style/answer.css").status_code == 200


def test_a_wrong_method_is_a_405_that_names_the_right_one(client: TestClient) -> None:
    answer = client.post("/procedures/contact-change")

    assert answer.status_code == 405
    assert "不支持该操作" in read_html(answer.text).one("h1").text()
    # RFC 9110 §15.5.6: a 405 must carry Allow.
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize(
    "address",
    [
        "/procedures/{}",
        "/regulations/{}",
        "/?q={}&on=x",
        "/?q=a&on={}",
        "/?q=a&地区={}",
        "/?q={}" + "号" * 200,
        "/{}",
    ],
)
def test_an_error_page_does_not_repeat_an_identifier(client: TestClient, address: str) -> None:
    # Error pages are what gets copied into tickets and chats.
    answer = client.get(address.replace("{}", IDENTIFIER))

    assert answer.status_code in (404, 422)
    assert IDENTIFIER not in answer.text


def test_the_call_survives_an_error(client: TestClient) -> None:
    answer = client.get("/procedures/nope?核身=已核")

    selected = [
        item.attributes["value"]
        for item in read_html(answer.text).all("option")
        if "selected" in item.attributes
    ]
    assert selected == ["已核"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SavedMeanwhile("x", None), 409),
        (NotApproved(["还缺“审核”的批准"]), 409),
        (ChangeSetNotFound("x"), 404),
        (ChangeInvalid("x"), 422),
        (CheckUnavailable("x"), 503),
        (KbError("x"), 500),
    ],
)
def test_an_error_has_the_status_of_its_kind(error: KbError, status: int) -> None:
    assert status_of(error) == status
