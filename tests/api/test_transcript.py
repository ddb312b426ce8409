"""`POST /suggest-from-transcript`: what the last utterances of a call point to."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.schemas import MAX_UTTERANCE_CHARS, MAX_UTTERANCES, TranscriptBody
from tests.api.endpoints import BASE

ADDRESS = f"{BASE}/suggest-from-transcript"


def heard(*texts: str, speaker: str = "customer") -> list[dict[str, str]]:
    return [{"speaker": speaker, "text": text} for text in texts]


def ask(client: TestClient, utterances: list[dict[str, str]], **others: Any) -> dict[str, Any]:
    answer = client.post(ADDRESS, json={"utterances": utterances, **others})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    assert TranscriptBody.model_validate(body).model_dump(mode="json") == body
    return body


def test_a_rambling_call_points_to_its_procedure_with_the_words(real_client: TestClient) -> None:
    body = ask(
        real_client,
        heard(
            "喂你好那个我有个事", "就是说我那个保险这个月银行卡里的钱没扣成功", "嗯对那现在咋办啊"
        ),
    )
    assert body["answered"]
    first = body["procedures"][0]
    assert first["id"] == "renewal-deduction-failed"
    assert first["words"]
    assert first["title"]


def test_the_subject_named_before_still_counts(real_client: TestClient) -> None:
    alone = ask(real_client, heard("那要带些什么材料过去"))
    after = ask(real_client, heard("我想把这个保险退掉", "那要带些什么材料过去"))
    assert after["procedures"][0]["id"] == "surrender-materials"
    assert after["confidence"] > alone["confidence"]


def test_what_was_said_last_counts_most(real_client: TestClient) -> None:
    subjects = ("我要把受益人改成我女儿", "算了我先问退保能退多少钱现金价值")
    for first, last in (subjects, subjects[::-1]):
        both = ask(real_client, heard(first, last))["procedures"][0]["id"]
        assert both == ask(real_client, heard(last))["procedures"][0]["id"]


def test_the_agent_counts_less_than_the_customer(real_client: TestClient) -> None:
    agent = heard("您是想办受益人变更吗", speaker="agent")
    customer = heard("不是我是问外地住院能不能报销")
    found = ask(real_client, customer + agent)["procedures"][0]["id"]
    assert found.startswith("claim-cross-region")


@pytest.mark.parametrize("text", ["今天天气真不错", "嗯", "哈哈哈", "。。。", "１２３４５"])
def test_small_talk_points_nowhere_with_confidence(real_client: TestClient, text: str) -> None:
    assert not ask(real_client, heard(text))["answered"]


def test_no_more_than_the_limit_come_back(real_client: TestClient) -> None:
    assert len(ask(real_client, heard("退保"), limit=1)["procedures"]) == 1


def test_a_day_without_a_version_in_force_points_nowhere(client: TestClient) -> None:
    assert ask(client, heard("换号码"), on="2025-12-31")["procedures"] == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "utterances"),
        ({"utterances": []}, "utterances"),
        ({"utterances": heard(*["退保"] * (MAX_UTTERANCES + 1))}, "utterances"),
        ({"utterances": heard("退" * (MAX_UTTERANCE_CHARS + 1))}, "text"),
        ({"utterances": heard("")}, "text"),
        ({"utterances": heard("退保", speaker="robot")}, "speaker"),
        ({"utterances": heard("退保"), "limit": 0}, "limit"),
        ({"utterances": heard("退保"), "on": "昨天"}, "昨天"),
        ({"utterances": heard("退保"), "region": "火星"}, "火星"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, body: dict[str, Any], named: str) -> None:
    answer = client.post(ADDRESS, json=body)
    assert answer.status_code == 422
    assert named in answer.json()["error"]["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post(ADDRESS, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert not any(map(str.isdigit, answer.json()["error"]["message"]))


@pytest.mark.parametrize(
    "body",
    [
        b'{"utterances": [{"text": "\\ud800\xe9\x80\x80"}]}',
        b'{"utterances": [{"text": "\xe9\x80\x80"}], "region": "\\ud800"}',
        b'{"utterances": [{"text": "\xe9\x80\x80"}], "on": "\\ud800"}',
    ],
)
def test_a_lone_surrogate_is_no_server_error(client: TestClient, body: bytes) -> None:
    answer = client.post(ADDRESS, content=body, headers={"content-type": "application/json"})
    assert answer.status_code < 500


def test_identifiers_come_back_in_no_answer(real_client: TestClient) -> None:
    text = real_client.post(
        ADDRESS, json={"utterances": heard("身份证110101199003078515退保")}
    ).text
    assert "110101199003078515" not in text
