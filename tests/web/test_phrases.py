"""The fixed phrases in the bar of every page: links to their step that carry their words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from kb.content.desk import DESK_FILE
from tests.content_samples import changed
from tests.web.documents import Element, read_html
from tests.web.site import SCHEDULED_PATH, dated_files, site_of

PAGES = ("/", "/?q=换号码", "/procedures", "/procedures/address-change", "/health", "/nope")
STATE = "来电人=代办人&核身=已核&办理人=代办&event=2026-05-04&on=2026-05-20"


def with_wording(text: bytes, wording: str) -> bytes:
    added = f"{{#verify}}\n   - 话术: {wording}\n"
    return changed("{#verify}\n", added, text.decode()).encode()


@pytest.fixture(scope="module")
def desk_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a site with one phrase, which changes its words in July."""
    files = dated_files()
    sample = SCHEDULED_PATH.partition("@")[0] + ".md"
    files[sample] = with_wording(files[sample], "“您好，请讲。”〔公司规定〕")
    files[SCHEDULED_PATH] = with_wording(files[SCHEDULED_PATH], "“您好，请说。”")
    files[DESK_FILE] = "phrases: {迎语: contact-change#verify}\n".encode()
    with site_of(tmp_path_factory.mktemp("phrases"), files).client() as client:
        yield client


def bar(client: TestClient, address: str) -> Element:
    return read_html(client.get(address).text).one("header", "bar")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_the_phrases(desk_client: TestClient, address: str) -> None:
    [phrase] = bar(desk_client, address).one("div", "phrases").all()

    assert (phrase.tag, phrase.text()) == ("a", "迎语")
    assert phrase.attributes == {
        "class": "phrase",
        "href": "/procedures/contact-change#verify",
        "data-phrase": "迎语",
        "data-copy": "您好，请讲。",
        "data-key": "F1",
        "title": "您好，请讲。",
    }


def test_a_phrase_leads_to_its_step_and_keeps_day_and_call(desk_client: TestClient) -> None:
    target = urlsplit(bar(desk_client, f"/?q=换号码&{STATE}").one("a", "phrase").attributes["href"])

    assert (target.path, target.fragment) == ("/procedures/contact-change", "verify")
    assert dict(parse_qsl(target.query)) == dict(parse_qsl(STATE))


def test_a_phrase_says_what_the_version_of_the_day_says(desk_client: TestClient) -> None:
    phrase = bar(desk_client, "/?on=2026-07-01").one("a", "phrase")

    assert phrase.attributes["data-copy"] == "您好，请说。"


@pytest.mark.parametrize("address", PAGES)
def test_a_site_without_phrases_has_no_place_for_them(client: TestClient, address: str) -> None:
    assert not bar(client, address).all(cls="phrases")


def test_the_content_that_is_shipped_has_its_phrases(real_client: TestClient) -> None:
    phrases = bar(real_client, "/").all("a", "phrase")

    assert [item.text() for item in phrases] == ["迎语", "等待", "转接", "结束语"]
    for item in phrases:
        assert not set(item.attributes["data-copy"]) & set("“”〔〕[]{}")
