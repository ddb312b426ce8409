"""What the endpoints answer: the day's version, folded rows, plain Chinese."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.endpoints import BASE, GOOD


def search(client: TestClient, **params: Any) -> dict[str, Any]:
    answer = client.get(f"{BASE}/search", params=params)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def procedure(client: TestClient, procedure_id: str, **params: Any) -> dict[str, Any]:
    answer = client.get(f"{BASE}/procedures/{procedure_id}", params=params)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(
    ("day", "start"),
    [
        ("2026-01-01", "2026-01-01"),
        ("2026-06-30", "2026-01-01"),
        ("2026-07-01", "2026-07-01"),
        ("2030-01-01", "2026-07-01"),
    ],
)
def test_the_day_asked_for_picks_the_version(client: TestClient, day: str, start: str) -> None:
    answer = procedure(client, "contact-change", on=day)
    hit = search(client, q="换号码", on=day)["hits"][0]

    assert (answer["day"], answer["effective_from"]) == (day, start)
    assert (hit["id"], hit["effective_from"], hit["title"]) == (
        "contact-change",
        start,
        answer["title"],
    )


def test_nothing_is_found_on_a_day_before_the_first_version(client: TestClient) -> None:
    assert search(client, q="换号码", on="2025-12-31")["hits"] == []


def test_without_a_day_it_is_today(client: TestClient) -> None:
    assert procedure(client, "contact-change")["day"] == "2026-06-01"


def test_an_answer_folds_what_does_not_apply_and_counts_it(client: TestClient) -> None:
    before = procedure(client, "contact-change")
    after = procedure(client, "contact-change", set=["办理人=本人", "号码状态=在用"])

    assert before["folded"] == 0
    states = {
        row["address"]: row["state"]
        for name in ("steps", "materials", "notes", "deadlines", "follow_ups", "routes")
        for row in after[name]
    } | {block["address"]: block["state"] for step in after["steps"] for block in step["blocks"]}
    folded = {address for address, state in states.items() if state == "folded"}
    assert folded == {
        "read-out/禁说/2",
        "proxy",
        "proxy/必说/1",
        "proxy/复述/1",
        "所需材料/授权委托书",
        "no-agent-number",
        "时效/清理停用号码",
        "own-number",
        "升级与转办/2",
    }
    assert after["folded"] == len(folded)
    assert [item["chosen"] for item in after["questions"]] == ["本人", "在用"]


def test_verification_shows_what_waited_for_it(client: TestClient) -> None:
    waiting = procedure(client, "contact-change")["steps"][1]
    shown = procedure(client, "contact-change", set="核身=已核")["steps"][1]

    assert waiting["state"] == "verify_first"
    assert [block["state"] for block in waiting["blocks"]] == [
        "verify_first",
        "shown",
        "open",
        "verify_first",
    ]
    assert [block["state"] for block in shown["blocks"]] == ["shown", "shown", "open", "open"]


def test_the_day_of_the_event_moves_the_last_days(client: TestClient) -> None:
    def last_days(**params: str) -> list[str | None]:
        deadlines = procedure(client, "contact-change", **params)["deadlines"]
        return [term["last_day"] for item in deadlines for term in item["terms"]]

    assert last_days() == ["2026-06-08", "2028-06-01", "2026-07-01", "2026-07-31", None]
    assert last_days(event="2026-06-02")[2:4] == ["2026-07-02", "2026-08-03"]


def test_a_later_pair_replaces_an_earlier_one(client: TestClient) -> None:
    answer = procedure(client, "contact-change", set=["办理人=本人", "办理人=代办"])

    assert answer["questions"][0]["chosen"] == "代办"


def test_an_answer_that_the_procedure_does_not_offer_folds_nothing(client: TestClient) -> None:
    # Another procedure may ask the same thing with other answers, and the call keeps them.
    answer = procedure(client, "contact-change", set="办理人=监护人")

    assert answer["questions"][0]["chosen"] is None
    assert answer["folded"] == 0


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("換號碼", "换号码"), ("聯繫電話停機了", "联系电话停机了"), ("變更地址", "变更地址")],
)
def test_a_traditional_query_is_answered_like_the_simplified_one(
    client: TestClient, traditional: str, simplified: str
) -> None:
    one, other = search(client, q=traditional), search(client, q=simplified)

    assert one["hits"]
    assert {**one, "took_ms": 0} == {**other, "took_ms": 0}


def test_a_limit_cuts_the_hits_without_changing_their_order(client: TestClient) -> None:
    hits = search(client, q="变更")["hits"]

    assert len(hits) == 2
    assert search(client, q="变更", limit=1)["hits"] == hits[:1]


def test_hits_without_an_answer_are_marked_weak(real_client: TestClient) -> None:
    nothing = search(real_client, q="火星探测器发射")
    answer = search(real_client, q="退保要什么材料")

    assert not nothing["answered"]
    assert all(hit["weak"] for hit in nothing["hits"])
    assert answer["answered"]
    assert not any(hit["weak"] for hit in answer["hits"])


@pytest.mark.parametrize("address", [*GOOD.values(), "/procedures/变更", "/openapi.json"])
def test_a_body_is_utf8_with_chinese_unescaped(client: TestClient, address: str) -> None:
    answer = client.get(BASE + address)

    text = answer.content.decode("utf-8")
    assert "\\u" not in text
    assert any("\u4e00" <= character <= "\u9fff" for character in text) or "/health" in address


def test_regulations_list_every_place_that_cites_them(client: TestClient) -> None:
    listed = client.get(f"{BASE}/regulations").json()["regulations"]
    one = client.get(f"{BASE}/regulations/示例法").json()

    assert [item["short"] for item in listed] == ["示例法", "旧示例法", "示例标准"]
    assert one == listed[0]
    assert {(place["article"], place["address"]) for place in one["cited_by"]} == {
        ("6", "verify/必核/1"),
        ("16", "proxy/必说/1"),
        ("16", "所需材料/授权委托书"),
        ("6", "no-read-out"),
        ("6", "时效/告知结果"),
        ("6", "时效/保存录音"),
        ("16", "时效/清理停用号码"),
        ("16", "own-number"),
    }
    assert one["version"] == "修订"
    assert client.get(f"{BASE}/regulations/旧示例法").json()["version"] is None


def test_health_counts_versions_and_procedures(client: TestClient) -> None:
    body = client.get(f"{BASE}/health").json()

    assert (body["status"], body["faults"], body["kept"]) == ("ok", [], [])
    assert (body["procedures"], body["versions"], body["today"]) == (2, 3, "2026-06-01")
