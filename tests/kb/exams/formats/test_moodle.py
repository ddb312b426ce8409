"""Moodle XML."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from kb.content.exam_item import BLANK, Blanks, Choices, ExamItem, Verdict
from kb.errors import DocumentRefused
from kb.exams.formats.moodle import MoodleFormat
from tests.kb.exams.items import make_item

FOREIGN = """<?xml version="1.0"?>
<quiz>
<question type="category"><category><text>$course$/top/客服</text></category></question>
<question type="multichoice">
  <name><text>Q1</text></name>
  <questiontext format="html"><text><![CDATA[<p>退保要带</p><p>什么？<br>选<b>两</b>项</p>]]></text>
  </questiontext>
  <generalfeedback format="html"><text></text></generalfeedback>
  <defaultgrade>2.0000000</defaultgrade>
  <single>false</single>
  <answer fraction="50" format="html"><text><![CDATA[<p>合同&nbsp;原件</p>]]></text></answer>
  <answer fraction="50" format="html"><text>身份证件</text></answer>
  <answer fraction="-100" format="html"><text>驾驶证</text></answer>
</question>
<question type="truefalse"><questiontext format="html"><text>要先核身</text></questiontext>
  <answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer>
</question>
<question type="shortanswer"><questiontext format="html"><text>几天？</text></questiontext>
  <answer fraction="100"><text>30日</text></answer><answer fraction="50"><text>30</text></answer>
</question>
<question type="cloze"><questiontext format="html">
  <text>应在{1:SA:=30日~%100%三十日#对~%0%15日#错}内退还</text></questiontext></question>
<question type="matching"><questiontext format="html"><text>配</text></questiontext></question>
<question type="multichoice"><questiontext format="html"><text>无</text></questiontext></question>
</quiz>"""


def question(item: ExamItem) -> Element:
    root: Element = fromstring(MoodleFormat().write("退保", [item]))
    return root.findall("question")[1]


def test_points_id_topics_and_scoring_points_stand_where_moodle_keeps_them() -> None:
    found = question(make_item("论述", points=5))
    assert found.get("type") == "essay"
    assert found.findtext("defaultgrade") == "5"
    assert found.findtext("idnumber") == "surrender-1"
    tags = [tag.text for tag in found.iterfind("tags/tag/text")]
    assert tags[:4] == ["退保解约", "代办", "题型: essay", "难度: 中"]
    assert found.findtext("graderinfo/text") == (
        "采分点: |1分|先核对代理关系|surrender-materials#verify/必核/1 aaaabbbbccccdddd\n"
        "采分点: |1分|再说明材料|"
    )


def test_blanks_are_embedded_in_the_text() -> None:
    item = make_item("填空", stem=f"退{BLANK}还", solution=Blanks((('a}b~c"/#\\*&', "30天"),)))
    text = question(item).findtext("questiontext/text")
    assert text == r"退{1:SHORTANSWER:=a\}b\~c\"\/\#\\\\*&amp;~=30天}还"


def test_an_export_of_moodle_is_read() -> None:
    read = MoodleFormat().read(FOREIGN.encode())
    assert read.title == "客服"
    several, verdict, short, cloze = read.items
    assert several.stem == "退保要带\n\n什么？\n选两项"
    assert (several.type, several.points) == ("多选", 2)
    assert [option.text for option in several.options] == ["合同 原件", "身份证件", "驾驶证"]
    assert several.solution == Choices(("A", "B"))
    assert verdict.solution == Verdict(False)
    assert (short.stem, short.solution) == ("几天？____", Blanks((("30日",),)))
    assert (cloze.stem, cloze.solution) == ("应在____内退还", Blanks((("30日", "三十日"),)))


def test_questions_without_a_type_or_an_answer_are_told_by_their_number() -> None:
    problems = MoodleFormat().read(FOREIGN.encode()).problems
    assert [(problem.line, problem.message[:6]) for problem in problems] == [
        (5, "“match"),
        (6, "没有标出正确"),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "损坏"),
        (b"<quiz><question>", "损坏"),
        (b"<html/>", "quiz"),
        (b'<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "攻击"),
        (b'<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', "攻击"),
    ],
)
def test_other_files_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(DocumentRefused, match=message):
        MoodleFormat().read(data)
