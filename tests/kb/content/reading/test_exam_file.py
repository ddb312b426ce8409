"""Exam files: what their items say, and every fault with its line."""

from __future__ import annotations

import pytest

from kb.content import Blanks, Choices, Option, Rubric, ScoringPoint, parse_exam_file
from kb.content.exam_item import ITEM_TYPES, Verdict
from tests.content_samples import changed, line_of, places
from tests.exam_samples import EXAM, EXAM_PATH, exam_in, hash_at, item_in, parse_exam


def test_the_header_names_the_file_and_its_bank() -> None:
    file = exam_in(EXAM)
    assert (file.id, file.title, file.bank) == ("contact", "联系电话练习题", "练习")
    assert (file.owner, file.path) == ("培训", EXAM_PATH)
    assert [item.id for item in file.items] == [f"contact-{number}" for number in range(1, 7)]


def test_a_single_choice_has_options_and_one_letter() -> None:
    item = item_in("contact-1")
    assert (item.type, item.points, item.difficulty) == ("单选", 2, "易")
    assert item.stem == "被保险人来电，要把投保人的号码换掉。\n\n坐席怎么答？"
    assert item.options[1] == Option("B", "告诉他要由投保人提出")
    assert item.solution == Choices(("B",))
    assert (item.topics, item.source) == (("保全", "联系电话"), "旧考卷 第12行")
    assert [link.anchor for link in item.explanation.links] == ["verify/必说/1"]
    assert item.line == line_of("## 单选", EXAM)


def test_a_pin_names_the_part_and_what_it_said() -> None:
    (pin,) = item_in("contact-1").pins
    assert pin.target == "contact-change#verify/必说/1"
    assert pin.block_hash == hash_at("verify/必说/1")
    assert pin.line == line_of("- 关联: contact-change#verify/必说/1", EXAM)


def test_the_other_closed_types_have_their_own_answers() -> None:
    assert item_in("contact-2").solution == Choices(("A", "B"))
    assert item_in("contact-3").solution == Verdict(False)
    assert item_in("contact-4").solution == Blanks((("5", "五"), ("2", "二", "两")))


def test_an_open_item_is_marked_against_scoring_points() -> None:
    item = item_in("contact-5")
    assert isinstance(item.solution, Rubric)
    first, second = item.solution.scoring_points
    assert first.pin is not None
    assert (first.text, first.points, first.part) == ("说明委托书要写明事项", 3, None)
    assert first.pin.target == "contact-change#proxy/必说/1"
    assert second == ScoringPoint("请他补交委托书再办", 2, None, None, first.line + 1)
    assert item.context == "代办人来电，没有委托书。\n客户催得很急。"
    assert len(item.all_pins) == 2


def test_the_points_of_an_interview_name_their_parts() -> None:
    solution = item_in("contact-6").solution
    assert isinstance(solution, Rubric)
    assert [point.part for point in solution.scoring_points] == ["情境", "任务", "行动", "结果"]


def test_a_stem_may_begin_a_line_with_a_mark() -> None:
    text = changed("怎么处理？", "怎么处理？\n\\- 甲\n\\# 乙\n\\\\丙", EXAM)
    assert item_in("contact-5", text).stem == "怎么处理？\n- 甲\n# 乙\n\\丙"


def test_a_field_may_begin_on_the_line_below_its_name() -> None:
    text = changed("- 背景: 代办人来电", "- 背景:\n\n  代办人来电", EXAM)
    assert item_in("contact-5", text).context == item_in("contact-5").context


@pytest.mark.parametrize("answer", ["A、B", "AB", "A,B", "A，B", "A B"])
def test_letters_are_read_however_they_are_separated(answer: str) -> None:
    text = changed("- 答案: A、B", f"- 答案: {answer}", EXAM)
    assert item_in("contact-2", text).solution == Choices(("A", "B"))


def test_an_arrow_without_an_address_belongs_to_the_words() -> None:
    text = changed("请他补交委托书再办", "先核身→再办", EXAM)
    solution = item_in("contact-5", text).solution
    assert isinstance(solution, Rubric)
    assert solution.scoring_points[1].text == "先核身→再办"
    assert solution.scoring_points[1].pin is None


def test_an_unconfirmed_pin_is_read() -> None:
    digits = f" {hash_at('verify/必说/1')}"
    (pin,) = item_in("contact-1", changed(digits, "", EXAM)).pins
    assert (pin.address, pin.block_hash) == ("verify/必说/1", "")


SINGLE = "## 单选 {#contact-1 分值=2 难度=易}"
FIRST_POINT = "- 采分点: 3分 说明委托书要写明事项"


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("id: contact\n", "id: contacts\n", "id-file-name", "id: "),
        ("bank: 练习", "bank: 期末", "header-value", "bank: "),
        ("owner: 培训\n", "", "header-missing", "id: "),
        ("owner: 培训", "owner: 培训\nlevel: 1", "header-unknown", "level: "),
        (SINGLE, "## 单项 {#contact-1 分值=2 难度=易}", "exam-heading", "## 单项"),
        (SINGLE, "## 单选 {分值=2 难度=易}", "exam-heading", "## 单选"),
        (SINGLE, "## 单选 {#contact-1 分值=0 难度=易}", "exam-heading", "## 单选"),
        (SINGLE, "## 单选 {#contact-1 分值=二 难度=易}", "exam-heading", "## 单选"),
        (SINGLE, "## 单选 {#contact-1 难度=易}", "exam-heading", "## 单选"),
        (SINGLE, "## 单选 {#contact-1 分值=2 难度=很难}", "exam-heading", "## 单选"),
        (SINGLE, "## 单选 {#contact-1 分值=2 难度=易 级别=1}", "exam-heading", "## 单选"),
        (SINGLE, "## 单选 {#contact-2 分值=2 难度=易}", "exam-id-repeated", "## 多选"),
        (SINGLE, f"走失的一行\n{SINGLE}", "text-outside-section", "走失"),
        ("怎么处理？\n", "", "exam-stem", "## 情景分析"),
        ("- 来源: ", "- 出处: ", "exam-field", "- 出处"),
        ("- 来源: ", "- 解析: ", "exam-field", "- 解析: 旧考卷"),
        ("- 来源: 旧考卷 第12行", "另起一行", "exam-field", "另起"),
        ("- 来源: 旧考卷", "- 背景: 旧考卷", "exam-field", "- 背景: 旧考卷"),
        ("- 来源: 旧考卷", "- 来源·甲: 旧考卷", "exam-field", "- 来源·甲"),
        ("- B: 告诉他要由投保人提出\n", "", "exam-answer", "- A: 请他"),
        ("- B: 告诉他要由投保人提出", "- B: 请他报新号码，马上换", "exam-answer", "- B: 请他"),
        ("- 答案: B\n", "", "exam-answer", "## 单选"),
        ("- 答案: B", "- 答案: D", "exam-answer", "- 答案: D"),
        ("- 答案: B", "- 答案: A、B", "exam-answer", "- 答案: A、B"),
        ("- 答案: B", "- 答案: B\n- 答案: B", "exam-answer", "- 答案: B\n- 解析"),
        ("- 答案: A、B", "- 答案: A", "exam-answer", "- 答案: A\n"),
        ("- 答案: A、B", "- 答案: B、A", "exam-answer", "- 答案: B、A"),
        ("- 答案: 错", "- 答案: 不对", "exam-answer", "- 答案: 不对"),
        ("- 答案: 错", "- A: 对\n- 答案: 错", "exam-answer", "- A: 对"),
        ("- 答案: 5|五\n", "", "exam-answer", "- 答案: 2"),
        ("- 答案: 5|五", "- 答案: 5|", "exam-answer", "- 答案: 5|"),
        (FIRST_POINT, "- 采分点: 说明", "exam-answer", "- 采分点: 说明"),
        (FIRST_POINT, "- 采分点: 0分 说明", "exam-answer", "- 采分点: 0分"),
        (FIRST_POINT, "- 采分点: 4分 说明", "exam-answer", "- 采分点: 4分"),
        (FIRST_POINT, "- 采分点·行动: 3分 说明", "exam-answer", "- 采分点·行动: 3分 说明"),
        ("- 采分点: 2分 请他补交委托书再办\n", "", "exam-answer", "## 情景分析"),
        ("- 采分点·结果: 1分 说清结果", "- 采分点·行动: 1分 又", "exam-answer", "- 采分点·情境"),
        ("- 采分点·结果: 1分 说清结果", "- 采分点: 1分 又", "exam-answer", "- 采分点: 1分 又"),
        ("- 采分点: 2分 请他补交委托书再办", "- 答案: 对", "exam-answer", "- 答案: 对"),
        ("- 答案: 错", "- 答案: 错\n- 采分点: 1分 甲", "exam-answer", "- 采分点: 1分 甲"),
        ("关联: contact-change#no-agent", "关联: no-agent", "exam-pin", "- 关联: no-agent"),
    ],
)
def test_a_fault_is_named_on_its_line(old: str, new: str, code: str, at: str) -> None:
    text = changed(old, new, EXAM)
    parsed = parse_exam(text)
    expected = 2 if code == "header-missing" else line_of(at, text)
    assert (code, expected) in places(parsed.faults)
    assert parsed.file is None
    assert all(fault.message and fault.fix for fault in parsed.faults)


def test_the_items_beside_a_broken_one_are_still_read() -> None:
    draft = parse_exam(changed("- 答案: 错", "- 答案: 不对", EXAM)).draft
    assert draft is not None
    assert [item.id for item in draft.items] == [f"contact-{n}" for n in (1, 2, 4, 5, 6)]


def test_messages_quote_no_words_of_an_item() -> None:
    sealed = "保密的题干"
    for old, new in (
        ("- 来源: 旧考卷 第12行", f"- {sealed}"),
        ("- 来源: 旧考卷 第12行", sealed),
        ("- 答案: 错", f"- 答案: {sealed}"),
        ("- B: 告诉他要由投保人提出", f"- A: {sealed}"),
        ("关联: contact-change#no-agent", f"关联: {sealed}"),
    ):
        for fault in parse_exam(changed(old, new, EXAM)).faults:
            assert sealed not in fault.message + fault.fix


@pytest.mark.parametrize("data", [b"", b"\xff", "没有文件头".encode(), b"---\nid: a\n"])
def test_a_file_without_a_readable_header_has_no_items(data: bytes) -> None:
    parsed = parse_exam_file(EXAM_PATH, data)
    assert parsed.file is None
    assert parsed.draft is None
    assert parsed.faults


def test_every_type_stands_in_the_sample_or_is_one_of_the_open_ones() -> None:
    types = {item.type for item in exam_in(EXAM).items}
    assert set(ITEM_TYPES) - types == {"简答", "论述"}
