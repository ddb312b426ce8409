"""GIFT as Moodle writes and reads it."""

from __future__ import annotations

import pytest

from kb.content.exam_item import Blanks, Choices, Option, Rubric, Verdict
from kb.errors import DocumentRefused
from kb.exams.formats.gift import GiftFormat
from kb.exams.item_json import item_as_json
from tests.kb.exams.items import make_item, prose

FOREIGN = r"""
// 别的系统导出的题
$CATEGORY: $course$/客服

::第一题::[html]<p>犹豫期是<b>几天</b>\?</p>{
  =15天#对
  ~10天#少了
  ~30天
  ####见合同
}

退保要带\: {~%50%保险合同 ~%50%身份证件 ~%-100%驾驶证}

退保要先核身。{T}

投保人可以解除合同{FALSE#错了#对了}

现金价值应在{=30日 =%50%30天}内退还。

说说退保的流程。{}

配一配。{=甲 -> 乙 =丙 -> 丁}

多少天？{#15:1}

只是一段说明。
"""


def written(*items: object) -> str:
    return GiftFormat().write("退保", items).decode()  # type: ignore[arg-type]


def test_what_gift_has_no_field_for_stands_in_comments() -> None:
    assert written(make_item("单选", explanation=prose("见[第1步](verify)"))) == (
        "$CATEGORY: 退保\n"
        "\n"
        "// 编号: surrender-1\n"
        "// 题型: single_choice\n"
        "// 分值: 2\n"
        "// 难度: 中\n"
        "// 主题: 退保解约|代办\n"
        "// 来源: 客服部考卷 第12行\n"
        "// 关联: surrender-materials#verify/必说/1 3f9a0c12ab34cd56\n"
        "// 关联: surrender-materials#时效/退还 现金价值\n"
        "::surrender-1::[plain]客户要退保，先做什么？（第1题）{\n"
        "\t=核对身份\n"
        "\t~办理退保\n"
        "\t~记录来电\n"
        "\t~转主管\n"
        "\t####见[第1步](verify)\n"
        "}\n"
    )


def test_signs_of_gift_are_escaped() -> None:
    text = written(make_item("判断", stem="a~b=c#d{e}f:g\\h\ni"))
    assert r"[plain]a\~b\=c\#d\{e\}f\:g\\h\ni{" in text


def test_each_right_option_of_several_has_its_share_and_a_wrong_one_costs_all() -> None:
    text = written(make_item("多选", solution=Choices(("A", "B", "D"))))
    assert "~%33.3333%核对身份" in text
    assert "~%-100%记录来电" in text


def test_a_file_of_another_system_is_read() -> None:
    read = GiftFormat().read(FOREIGN.encode())
    first, several, true, false, blank, essay = read.items
    assert (first.type, first.stem, first.id) == ("单选", "犹豫期是几天\\?", "")
    assert [option.text for option in first.options] == ["15天", "10天", "30天"]
    assert (first.solution, first.explanation.raw) == (Choices(("A",)), "见合同")
    assert (several.type, several.solution) == ("多选", Choices(("A", "B")))
    assert (true.solution, false.solution) == (Verdict(True), Verdict(False))
    assert blank.stem == "现金价值应在 ____ 内退还。"
    assert blank.solution == Blanks((("30日", "30天"),))
    assert (essay.type, essay.solution) == ("简答", Rubric(()))


def test_what_is_no_item_is_told_with_its_line() -> None:
    problems = GiftFormat().read(FOREIGN.encode()).problems
    assert [(FOREIGN.splitlines()[p.line - 1][:3], p.message[:4]) for p in problems] == [
        ("配一配", "配对题没"),
        ("多少天", "数值题没"),
        ("只是一", "没有大括"),
    ]


def test_a_file_in_the_chinese_code_page_is_read() -> None:
    read = GiftFormat().read("退保要先核身。{T}".encode("gb18030"))
    assert read.items[0].stem == "退保要先核身。"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DocumentRefused, match="不是文字"):
        GiftFormat().read(b"\xff\xfe\x00\x81\xff")


@pytest.mark.parametrize("text", ["[html]<b>甲</b>", "[plain]甲", "%50%甲", "::甲::乙"])
def test_a_text_that_begins_like_a_mark_is_a_text(text: str) -> None:
    options = (Option("A", text), Option("B", "乙"))
    for item in (
        make_item("单选", stem=text, options=options, explanation=prose(text)),
        make_item("填空", stem=f"{text}____", solution=Blanks(((text, "乙"),))),
    ):
        read = GiftFormat().read(GiftFormat().write("题", [item]))
        assert [item_as_json(each) for each in read.items] == [item_as_json(item)]
