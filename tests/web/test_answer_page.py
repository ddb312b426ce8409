"""The answer on its page: conditions, verification, what matched, and addresses of its parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.content_samples import SAMPLE, SAMPLE_PATH
from tests.web.documents import Element, ids, link, read_html
from tests.web.site import Site, dated_files, site_of

# Ids of the page itself, and the anchors of the sample that are renamed to them.
OWN_IDS = {
    "main": "verify",
    "search": "read-out",
    "results": "register",
    "q": "when",
    "h-steps": "no-read-out",
    "h-notes": "local-form",
}


def page(client: TestClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return read_html(answer.text)


def part(document: Element, address: str) -> Element:
    return next(item for item in document.descendants() if item.attributes.get("id") == address)


def test_an_open_condition_is_shown_on_its_row(client: TestClient) -> None:
    document = page(client, "/procedures/contact-change")

    assert part(document, "proxy").one("p", "do").one("span", "when").text() == "仅 办理人＝代办"
    conditions = [item.text() for item in document.all("span", "when")]
    assert "仅 来电人＝被保险人或受益人" in conditions
    assert len(conditions) == 9


def test_a_condition_that_is_met_is_shown_no_more(client: TestClient) -> None:
    document = page(client, "/procedures/contact-change?办理人=代办")

    assert not part(document, "proxy").one("p", "do").all("span", "when")


def test_before_verification_a_step_names_what_waits_and_shows_what_must_not_be_said(
    client: TestClient,
) -> None:
    step = part(page(client, "/procedures/contact-change"), "read-out")

    assert step.one("p", "do").text().startswith("先核身")
    assert step.one("p", "waiting").text() == "核身后显示：必记话术"
    assert [item.one("span", "kind").text() for item in step.all("li", "block")] == ["禁说", "禁说"]


def test_a_step_that_waits_for_verification_still_shows_its_open_condition(
    real: Site, real_client: TestClient
) -> None:
    found = 0
    for card in real.view().cards_today():
        document = page(real_client, f"/procedures/{card.id}")
        for step in real.view().procedure(card.id).steps:
            if step.needs_verification and step.condition:
                found += 1
                first = part(document, step.address).one("p", "do")
                assert [item.text() for item in first.all("span", "when")], (
                    f"{card.id}#{step.address}"
                )
    assert found, "no step of the content waits for verification under a condition"


def test_verification_is_offered_first_where_a_step_waits_for_it(client: TestClient) -> None:
    document = page(client, "/procedures/contact-change")
    question = document.one("div", "questions").all("span", "question")[0]

    assert question.text() == "核身已核"
    verified = page(client, link(question, "已核"))
    step = part(verified, "read-out")
    assert not step.all("p", "waiting")
    assert len(step.all("li", "block")) == 4


def test_a_question_marks_the_answer_given(client: TestClient) -> None:
    questions = page(client, "/procedures/contact-change?办理人=代办").one("div", "questions")

    chosen = [item for item in questions.all("a") if item.attributes.get("aria-current")]
    assert [item.text() for item in chosen] == ["代办"]


def test_the_part_that_matched_is_marked(client: TestClient) -> None:
    document = page(client, "/?q=授权委托书")

    assert len(document.all(cls="found")) == 1


@pytest.mark.parametrize("query", ["系统登记不上", "客户坚持留别人的号"])
def test_a_route_that_matched_is_marked_like_any_other_part(client: TestClient, query: str) -> None:
    body = client.get("/api/v1/search", params={"q": query}).json()
    assert body["hits"][0]["block"].startswith("升级与转办/"), "choose another query"

    document = page(client, f"/?q={query}&open=contact-change")
    assert [item.tag for item in document.one("ul", "routes").all(cls="found")] == ["li"]


def test_every_part_has_its_address_as_an_id(real: Site, real_client: TestClient) -> None:
    # Exam items and regulation pages point to parts; blocks are found at their step.
    for card in real.view().cards_today():
        procedure = real.view().procedure(card.id)
        known = set(ids(page(real_client, f"/procedures/{card.id}")))
        blocks = {block.address for step in procedure.steps for block in step.blocks}
        missing = [
            item.address
            for item in procedure.parts()
            if item.address not in blocks
            and item.address.replace("/", "-").replace(" ", "") not in known
        ]
        assert missing == [], card.id


@pytest.fixture(scope="module")
def greedy_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a site whose author chose anchors that the page itself has as ids."""
    text = SAMPLE
    for own, anchor in OWN_IDS.items():
        text = text.replace(f"#{anchor}", f"#{own}")
    files = {**dated_files(), SAMPLE_PATH: text.encode()}
    with site_of(tmp_path_factory.mktemp("greedy"), files).client() as client:
        yield client


@pytest.mark.parametrize("name", OWN_IDS)
def test_an_anchor_may_be_named_like_an_id_of_the_page(
    greedy_client: TestClient, name: str
) -> None:
    # The script looks for #results, #search and #q: an author must not be able to take them.
    for address in ("/procedures/contact-change", "/?q=换号码"):
        assert ids(page(greedy_client, address)).count(name) <= 1, address


def test_company_practice_never_looks_like_law(client: TestClient) -> None:
    document = page(client, "/procedures/contact-change")

    assert {item.text() for item in document.all("span", "practice")} == {"公司规定", "合同约定"}
    assert not any(item.text() in ("公司规定", "合同约定") for item in document.all("a"))


def test_the_page_says_that_nobody_has_reviewed_the_content(client: TestClient) -> None:
    assert page(client, "/").one("span", "unreviewed").text() == "未经审核"


def test_scope_and_region_are_said_when_the_call_does_not_fit(client: TestClient) -> None:
    document = page(client, "/procedures/contact-change?产品=医疗险&地区=北京")

    notices = [item.text() for item in document.all("p", "notice")]
    assert notices == ["本规程适用于寿险，不适用于医疗险。", "北京：本省无特殊规定。"]
