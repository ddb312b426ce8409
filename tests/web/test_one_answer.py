"""One answer, many renderings: the page, the API and `kb show` say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from kb.cli.show import answer_lines
from kb.content import CALLER, REGION, VERIFIED, Procedure
from tests.web.documents import Element, read_html
from tests.web.renderings import from_api, from_page, from_text
from tests.web.site import Site

SAMPLE_CALLS = (
    {},
    {"办理人": "代办"},
    {"办理人": "本人", "号码状态": "在用"},
    {"核身": "已核", "号码状态": "停用", "地区": "深圳"},
    {"来电人": "受益人", "地区": "北京", "产品": "医疗险", "渠道": "柜面"},
)


def calls(procedure: Procedure) -> Iterator[dict[str, str]]:
    """Yield calls: nothing known, the first answer everywhere, the last and everything set."""
    yield {}
    yield {question.key: question.values[0] for question in procedure.asks}
    last = {question.key: question.values[-1] for question in procedure.asks}
    yield {**last, VERIFIED: "已核", CALLER: "受益人", REGION: "深圳"}


def page_of(client: TestClient, procedure_id: str, call: dict[str, str], event: str) -> Element:
    answer = client.get(f"/procedures/{procedure_id}", params={**call, "event": event})
    assert answer.status_code == 200
    return read_html(answer.text)


def assert_renderings_agree(
    site: Site, client: TestClient, procedure_id: str, call: dict[str, str], event: str
) -> None:
    pairs = [f"{key}={value}" for key, value in call.items()]
    api = client.get(f"/api/v1/procedures/{procedure_id}", params={"set": pairs, "event": event})
    view = site.view()
    context = view.call_context(pairs, date.fromisoformat(event))

    expected = from_api(api.json())
    assert expected.steps
    assert from_page(page_of(client, procedure_id, call, event)) == expected
    assert from_text(answer_lines(view.answer(procedure_id, context))) == expected


@pytest.mark.parametrize("call", SAMPLE_CALLS)
def test_the_sample_is_rendered_alike(
    dated: Site, client: TestClient, call: dict[str, str]
) -> None:
    assert_renderings_agree(dated, client, "contact-change", call, "2026-06-30")


def test_every_procedure_of_the_real_content_is_rendered_alike(
    real: Site, real_client: TestClient
) -> None:
    compared = 0
    for card in real.view().cards_today():
        for call in calls(real.view().procedure(card.id)):
            assert_renderings_agree(real, real_client, card.id, call, "2026-04-30")
            compared += 1
    assert compared > 60


def test_the_renderings_of_the_sample_hold_what_they_should(client: TestClient) -> None:
    # Guards the reading itself: three empty renderings would agree as well.
    found = from_page(page_of(client, "contact-change", {"号码状态": "在用"}, "2026-06-30"))

    assert found.steps[:2] == ["1|核对来电人身份。", "必核|姓名和证件号码"]
    assert found.materials == ["变更申请书|投保人签名", "授权委托书|写明事项"]
    assert found.notes[0] == "必须|只核对，不代报"
    assert found.deadlines[0] == "告知结果|收到申请|5工作日|2026-07-07"
    assert found.follow_ups[0] == "多久生效|登记后当天生效。当天没收到短信的，请再来电。"
    assert found.routes[0] == "转二线|系统登记不上。"
    assert found.folded == 2


def test_what_is_counted_as_folded_can_be_unfolded(client: TestClient) -> None:
    for call in SAMPLE_CALLS[1:]:
        document = page_of(client, "contact-change", call, "2026-06-30")
        listed = [row for item in document.all("details", "folded") for row in item.all("li")]
        assert len(listed) == from_page(document).folded, call


def test_a_fold_says_how_many_it_holds_and_on_what_condition(client: TestClient) -> None:
    document = page_of(client, "contact-change", {"办理人": "本人"}, "2026-06-30")

    folds = {
        item.one("summary").text(): [row.text() for row in item.all("li")]
        for item in document.one("section", "steps").all("details", "folded")
    }
    assert "已收起 1 项不适用" in folds
    rows = [row for item in folds.values() for row in item]
    assert any(row.startswith("仅 办理人＝代办 第 3 步：请代办人提交委托书。") for row in rows)


def test_the_search_page_shows_the_same_answer_as_the_procedures_own_page(
    client: TestClient,
) -> None:
    call = {"办理人": "代办", "核身": "已核"}
    found = client.get("/", params={"q": "换号码", "event": "2026-06-30", **call})

    own = page_of(client, "contact-change", call, "2026-06-30")
    assert from_page(read_html(found.text)) == from_page(own)
