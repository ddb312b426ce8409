"""What the words of an item count as."""

from __future__ import annotations

from dataclasses import replace

from kb.content import Blanks, Choices, Option
from kb.exams.linking.item_words import item_texts
from tests.exam_samples import item_in
from tests.judged_items import bare_item

OPTIONS = (Option("A", "马上换"), Option("B", "由投保人提出"))


def texts(item_id: str) -> dict[str, str]:
    """Return sentence → origin of an item of the sample."""
    return {text.text: text.origin for text in item_texts(item_in(item_id))}


def test_a_right_option_is_an_answer_and_another_one_is_wrong() -> None:
    found = texts("contact-1")
    assert found["告诉他要由投保人提出"] == "答案"
    assert found["让他写委托书"] == "错误选项"
    assert found["坐席怎么答"] == "题干"


def test_options_without_an_answer_are_neither() -> None:
    item = bare_item("怎么答？", Choices(()), options=OPTIONS)
    assert [text.origin for text in item_texts(item)] == ["题干", "选项", "选项"]


def test_blanks_are_filled_with_what_is_accepted_first() -> None:
    found = texts("contact-4")
    assert found["收到申请起5个工作日告知结果，录音保存2年"] == "题干"


def test_blanks_without_an_answer_stay_open() -> None:
    item = bare_item("申请起 ____ 日，录音 ____ 年", Blanks((("5",),)))
    assert [text.text for text in item_texts(item)] == ["申请起5日，录音 年"]


def test_situation_topics_explanation_and_scoring_points_count_too() -> None:
    found = texts("contact-5")
    assert found["说明委托书要写明事项"] == "答案"
    assert found["见第3步"] == "答案"
    assert found["代办人来电，没有委托书"] == "题干"
    assert found["代办"] == "题干"


def test_what_is_not_given_is_left_out() -> None:
    empty = replace(bare_item("。。"), context=" ")
    assert item_texts(empty) == ()
