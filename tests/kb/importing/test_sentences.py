"""What sentences of a standard are for the agent."""

from __future__ import annotations

import pytest

from kb.importing.sentences import Role, amount_in, limit_in, role_of, sentences_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先接。再说！", ["先接。", "再说！"]),
        ("说“您好。请讲。”然后听。", ["说“您好。请讲。”然后听。"]),
        ("（先接。）再说", ["（先接。）", "再说"]),
        ("没有句号", ["没有句号"]),
        ("。。", []),
        ("甲；乙;丙", ["甲；", "乙;", "丙"]),
    ],
)
def test_sentences_keep_their_marks_and_their_quotes(text: str, expected: list[str]) -> None:
    assert list(sentences_of(text)) == expected


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("必须核对客户的证件号码。", Role.CHECK),
        ("核实来电人身份。", Role.CHECK),
        ("应询问客户何时签收。", Role.ASK),
        ("应告知客户回复的时间。", Role.SAY),
        ("向客户复述一遍，请客户确认。", Role.REPEAT),
        ("须登记客户的原话。", Role.RECORD),
        ("可以说：“我查清楚再回您电话。”", Role.SCRIPT),
        ("不得说：“这事一定能办成。”", Role.NEVER_SAY),
        ("不得与客户争执。", Role.MUST_NOT),
        ("严禁记下客户的密码。", Role.MUST_NOT),
        ("必须在当日交接完毕。", Role.MUST),
        ("保持微笑。", Role.TEXT),
        ("遵循“首问负责制”。", Role.TEXT),
        ("不可抗力除外。", Role.TEXT),
    ],
)
def test_words_decide_what_a_sentence_is_for(sentence: str, role: Role) -> None:
    assert role_of(sentence) is role


@pytest.mark.parametrize(
    ("sentence", "limit"),
    [
        ("3个工作日内回复。", "3个工作日"),
        ("三日之内答复客户。", "三日"),
        ("回复不超过 24 小时。", "24 小时"),
        ("提前五分钟到岗。", "五分钟"),
        ("处理时限为10天。", "10天"),
        ("第3日起算。", ""),
        ("保险期间为一年。", ""),
        ("当天回复。", ""),
    ],
)
def test_a_time_limit_is_found_as_it_is_written(sentence: str, limit: str) -> None:
    assert limit_in(sentence) == limit


def test_among_time_limits_any_span_of_time_counts() -> None:
    assert amount_in("投诉，5个工作日。") == "5个工作日"
    assert amount_in("投诉，尽快。") == ""
