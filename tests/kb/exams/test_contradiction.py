"""What speaks against a pinned part is told; what only sounds like it is not."""

from __future__ import annotations

import pytest

from kb.content import Part, Procedure, part_at, pinned_part, read_content_files, read_pack
from kb.exams import Contradiction, contradictions
from kb.settings import PACKAGED_CONTENT
from tests.content_samples import SAMPLE, changed, procedure_in
from tests.exam_samples import EXAM, item_in

MUST_SAY = "变更要由投保人提出。"
FORBIDDEN = "随便报个号就行"


def found(item_id: str, exam: str = EXAM, sample: str = SAMPLE) -> list[Contradiction]:
    procedure = procedure_in(sample)
    item = item_in(item_id, exam)
    return contradictions(item, _named(procedure, item_id), [procedure])


def _named(procedure: Procedure, item_id: str) -> list[Part]:
    parts = (part_at(procedure, pin.address) for pin in item_in(item_id).all_pins)
    return [part for part in parts if part is not None]


def test_the_sample_contradicts_nothing() -> None:
    assert [found(f"contact-{number}") for number in range(1, 7)] == [[]] * 6


def test_a_blank_filled_with_another_limit_is_told() -> None:
    (told,) = found("contact-4", sample=changed("| 5工作日 |", "| 10工作日 |"))
    assert told.address == "时效/告知结果"
    assert told.message == "答案里有5工作日，这一条写的是10工作日。"


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("收到申请起十个工作日告知", True),
        ("收到申请起五个工作日告知", False),
        ("收到申请起5 个工作日告知", False),
        ("收到申请那一天就告知", False),
        ("收到申请起10日告知", False),
    ],
)
def test_the_right_option_is_compared_in_the_units_of_the_limit(words: str, is_told: bool) -> None:
    text = changed("B: 告诉他要由投保人提出", f"B: {words}", EXAM)
    procedure = procedure_in(SAMPLE)
    parts = [deadline for deadline in procedure.deadlines if deadline.name == "告知结果"]
    told = contradictions(item_in("contact-1", text), parts, [procedure])
    assert bool(told) is is_told


def test_a_number_of_the_situation_is_no_contradiction() -> None:
    text = changed("被保险人来电，", "被保险人等了10个工作日来电，", EXAM)
    text = changed("B: 告诉他要由投保人提出", "B: 等了10个工作日也要投保人提出", text)
    procedure = procedure_in(SAMPLE)
    assert contradictions(item_in("contact-1", text), procedure.deadlines, [procedure]) == []


def test_a_limit_that_only_the_explanation_names_wrongly_is_told() -> None:
    text = changed("见[时效](contact-change#时效/告知结果)。", "最长7个工作日。", EXAM)
    (told,) = found("contact-4", text)
    assert told.message == "解析里有7工作日，这一条写的是5工作日。"


@pytest.mark.parametrize(("days", "is_told"), [("9", True), ("5", False), ("三十", False)])
def test_a_time_that_a_pinned_sentence_states_otherwise_is_told(days: str, is_told: bool) -> None:
    sample = changed(MUST_SAY, "5日内由投保人提出，或30日内由代办人提出。")
    text = changed("B: 告诉他要由投保人提出", f"B: {days}日内由投保人提出", EXAM)
    told = found("contact-1", text, sample)
    assert [item.address for item in told] == ["verify/必说/1"] * is_told


def test_forbidden_words_taken_for_right_are_told() -> None:
    parts = [block for block in procedure_in(SAMPLE).steps[0].blocks if block.kind == "禁说"]
    text = changed("B: 告诉他要由投保人提出", f"B: “{FORBIDDEN}”", EXAM)
    (told,) = contradictions(item_in("contact-1", text), parts, [])
    assert (told.address, FORBIDDEN in told.message) == ("verify/禁说/1", True)
    text = changed("A: 请他报新号码，马上换", f"A: “{FORBIDDEN}”", EXAM)
    assert contradictions(item_in("contact-1", text), parts, []) == []


@pytest.mark.parametrize(("verdict", "is_told"), [("对", True), ("错", False)])
def test_a_statement_of_forbidden_words_is_told_when_it_is_true(
    verdict: str, is_told: bool
) -> None:
    parts = [block for block in procedure_in(SAMPLE).steps[0].blocks if block.kind == "禁说"]
    text = changed("可以把销售人员的号码登记成客户的。", f"坐席可以说“{FORBIDDEN}”。", EXAM)
    text = changed("- 答案: 错", f"- 答案: {verdict}", text)
    assert bool(contradictions(item_in("contact-3", text), parts, [])) is is_told


def test_a_duty_taken_for_wrong_is_told() -> None:
    text = changed("A: 请他报新号码，马上换", f"A: {MUST_SAY}", EXAM)
    (told,) = found("contact-1", text)
    assert (told.address, MUST_SAY in told.message) == ("verify/必说/1", True)
    assert found("contact-1", changed("告诉他要由投保人提出", MUST_SAY, EXAM)) == []


def test_the_bank_that_is_shipped_raises_no_false_alarm() -> None:
    pack = read_pack(read_content_files(PACKAGED_CONTENT))
    procedures = {procedure.id: procedure for procedure in pack.procedures}
    for item in (item for file in pack.exam_files for item in file.items):
        own = [procedures[id_] for id_ in {pin.procedure_id for pin in item.all_pins}]
        parts = [pinned_part(procedures[pin.procedure_id], pin) for pin in item.all_pins]
        told = contradictions(item, [part for part in parts if part is not None], own)
        assert told == [], item.id
