"""`desk.yaml`: the fixed phrases with their source, and the promise of a reply."""

from __future__ import annotations

from datetime import time

import pytest

from kb.content import ReplyRule, find_phrase
from kb.content.desk import Desk, PhraseSource, read_desk
from kb.content.prose import Link
from tests.content_samples import SAMPLE, changed, collector, places, procedure_in

REPLY = 'reply:\n  hours: 8\n  from: "09:00"\n  to: "18:00"\n'
VERIFY = "   - 必说: 变更要由投保人提出。 {来电人=被保险人|受益人}\n"


def read(text: str) -> tuple[Desk, list[tuple[str, int]]]:
    faults = collector()
    return read_desk(text, faults), places(faults.faults)


def worded(line: str, anchor: str = "verify", text: str = SAMPLE) -> str | None:
    """Return what a phrase says whose step has one more block, or None when it says nothing."""
    procedure = procedure_in(changed(VERIFY, f"{VERIFY}   - {line}\n", text))
    phrase = find_phrase(PhraseSource(Link("迎语", procedure.id, anchor), 1), procedure)
    if phrase is None:
        return None
    assert (phrase.name, phrase.procedure_id, phrase.address) == ("迎语", procedure.id, anchor)
    return phrase.text


@pytest.mark.parametrize("text", ["", "\n", "# 还没有\n", "phrases: {}\n"])
def test_an_empty_file_has_no_phrases_and_no_promise(text: str) -> None:
    assert read(text) == (Desk(), [])


def test_phrases_keep_their_order_and_their_lines() -> None:
    desk, faults = read("phrases:\n  转接: call-hold#transfer\n  迎语: call-opening#greeting\n")
    assert faults == []
    assert desk.phrases == (
        PhraseSource(Link("转接", "call-hold", "transfer"), 2),
        PhraseSource(Link("迎语", "call-opening", "greeting"), 3),
    )


@pytest.mark.parametrize("text", [REPLY, "reply: {hours: 8, from: 09:00, to: 18:00}"])
def test_a_promise_is_read_with_and_without_quotation_marks(text: str) -> None:
    assert read(text) == (Desk(reply=ReplyRule(8, time(9), time(18))), [])


@pytest.mark.parametrize("hours", [1, 72])
def test_a_promise_takes_from_one_to_seventy_two_hours(hours: int) -> None:
    desk, faults = read(REPLY.replace("8\n", f"{hours}\n", 1))
    assert faults == []
    assert desk.reply == ReplyRule(hours, time(9), time(18))


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("phrase: {}\n", 1, "phrases"),
        ("phrases: {}\n铃声: {}\n", 2, "phrases、reply"),
        ("phrases: [迎语]\n", 1, "分项"),
        ("phrases:\n", 1, "分项"),
        ("reply: 8\n", 1, "分项"),
        ("phrases:\n  迎语: call-opening\n", 2, "迎语: 规程编号#锚点"),
        ("phrases:\n  迎语: call-opening#\n", 2, "#锚点"),
        ("phrases:\n  迎语: 您好\n", 2, "#锚点"),
        ("phrases:\n  迎语: [call-opening#greeting]\n", 2, "#锚点"),
        (REPLY + "  till: 19:00\n", 5, "hours、from、to"),
        (REPLY.replace("hours: 8", "hours: 0"), 2, "1 到 72"),
        (REPLY.replace("hours: 8", "hours: 73"), 2, "1 到 72"),
        (REPLY.replace("hours: 8", "hours: 8.5"), 2, "8.5"),
        (REPLY.replace("hours: 8", "hours: 八"), 2, "八"),
        (REPLY.replace("hours: 8", "hours: [8]"), 2, "1 到 72"),
        (REPLY.replace("  hours: 8\n", ""), 2, "hours: 8"),
        (REPLY.replace("09:00", "9:00"), 3, 'from: "09:00"'),
        (REPLY.replace("09:00", "24:00"), 3, "24:00"),
        (REPLY.replace('  to: "18:00"\n', ""), 2, "“to”"),
        (REPLY.replace("09:00", "18:00"), 4, "18:00 到 18:00"),
        (REPLY.replace("09:00", "20:00"), 4, "20:00 到 18:00"),
    ],
)
def test_what_is_wrong_is_a_fault_on_its_line_in_chinese(text: str, line: int, hint: str) -> None:
    faults = collector()
    desk = read_desk(text, faults)
    [fault] = faults.faults
    assert (fault.code, fault.line) == ("desk-value", line)
    assert hint in fault.message + fault.fix
    assert fault.fix.endswith(("。", "？"))
    # An unknown key does not hide what stands beside it.
    assert desk.reply is None or "till" in text


def test_a_wrong_phrase_does_not_hide_the_others() -> None:
    desk, faults = read("phrases: {迎语: 您好, 等待: call-hold#hold}\n")
    assert faults == [("desk-value", 1)]
    assert [source.link.label for source in desk.phrases] == ["等待"]


def test_an_endless_number_of_hours_is_no_crash() -> None:
    assert read(REPLY.replace("hours: 8", f"hours: {'9' * 5000}"))[1] == [("desk-value", 2)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("话术: “您好，请讲。”", "您好，请讲。"),
        ("话术: “您好，请讲。”〔公司规定〕", "您好，请讲。"),
        ("话术: “您好，请讲〔示例法§6〕。”", "您好，请讲。"),
        ("话术: 您好，请讲。〔示例法§6〕", "您好，请讲。"),
        ("话术: “您好，请讲。”投诉的来电不用这一句", "您好，请讲。"),
        ("话术: “您好，请讲。”“您好，我在听。”", "您好，请讲。"),
        ("话术: 回线第一句：“让您久等了。”", "回线第一句：“让您久等了。”"),
        ("话术: “请看[变更联系地址](address-change)。”", "请看变更联系地址。"),
        ("话术: “甲。” {办理人=本人}\n   - 话术: “乙。”\n   - 话术: “丙。”", "乙。"),
    ],
)
def test_a_phrase_says_the_first_unconditional_wording_as_it_is_spoken(
    line: str, text: str
) -> None:
    assert worded(line) == text


@pytest.mark.parametrize(
    ("line", "anchor"),
    [
        ("必说: 这通电话会录音。", "verify"),
        ("话术: “您好。” {办理人=本人}", "verify"),
        ("话术: “您好。”", "nowhere"),
        ("话术: “您好。”", "no-read-out"),
        ("话术: “您好。”", "verify/话术/1"),
    ],
)
def test_a_step_without_an_unconditional_wording_words_no_phrase(line: str, anchor: str) -> None:
    assert worded(line, anchor) is None


@pytest.mark.parametrize("guard", ["需核身", "办理人=代办"])
def test_a_step_that_is_not_shown_in_every_call_words_no_phrase(guard: str) -> None:
    text = changed("{#verify}", f"{{#verify {guard}}}")
    assert worded("话术: “您好。”", text=text) is None
