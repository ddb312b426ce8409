"""Whatever a text holds, reading it neither fails nor loses a line in silence."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import asdict

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import DocumentRefused
from kb.paper_reading.exam_draft import exam_draft
from kb.paper_reading.file_paper import read_file
from kb.paper_reading.from_json import paper_from_json
from kb.paper_reading.paper import ReadPaper
from kb.paper_reading.text_paper import read_lines

PIECES = st.sampled_from(
    (
        *(
            "一、单选题(共3题,每题2分)",
            "二、判断题",
            "三、應變能力題（共2題）",
            "四、简答题",
            "填空题",
        ),
        *(
            "1.",
            "2、",
            "3．",
            "（4）",
            "第5题",
            "12.",
            "一、",
            "(√)",
            "（×）",
            "( )",
            "（B）",
            "____",
        ),
        *(
            "A.",
            "B、",
            "C．",
            "（D）",
            "A ",
            "B核身",
            "答案：",
            "【解析】",
            "参考答案",
            "答案与解析",
        ),
        *(
            "背景：",
            "情景:",
            "-行业特性：",
            "问题：",
            "答：",
            "采分点：",
            "(2分)",
            "（多选）",
            "STAR",
            "S：",
        ),
        *(
            "1-5 ABCDA",
            "1.A 2.B",
            "题号 1 2",
            "答案 A B",
            "第 3 页 共 9 页",
            "相关文档",
            "下载本文档",
        ),
        *(
            "客户要求退保",
            "应当先核身",
            "哪些",
            "？",
            "。",
            "；",
            " ",
            "\t",
            "崗位(jí)",
            "::",
            "{=",
            "~",
            "}",
        ),
        "\n",
        "\n",
        "\n\n",
    )
)
SCRAPS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)
LINES = st.sampled_from(
    (
        *(
            "一、单选题（共2题）",
            "二、判断题",
            "三、应变能力题",
            "四、填空题",
            "参考答案",
            "答案与解析",
        ),
        *(
            "1.§？",
            "2.§？",
            "1.§（√）",
            "2.（多选）§",
            "3.§ A.§ B.§",
            "4.背景：§。§",
            "§",
            "1、§____",
        ),
        *(
            "A.§",
            "B.§",
            "答案：A §",
            "答案：§",
            "解析：§",
            "采分点：§（2分）",
            "背景：§",
            "问题：§",
        ),
        *(
            "1.A §",
            "2.√ §",
            "-Action：§",
            "-§",
            "（1）§",
            "1.A 2.B",
            "1-2 AB",
            "行业特性：§",
            "9.§",
        ),
    )
)
PAPERS = st.lists(LINES, max_size=25).map("\n".join)


def _with_markers(text: str) -> str:
    """Return a text in which each § is a name of its own."""
    first, *rest = text.split("§")
    return first + "".join(f"记号{chr(0x5000 + at)}{part}" for at, part in enumerate(rest))


TEXTS = (SCRAPS | PAPERS.map(lambda text: f"一、选择题\n{text}")).map(_with_markers)


def lost_lines(paper: ReadPaper) -> list[str]:
    """Return the lines with words that stand nowhere in what was read."""
    told = {
        *paper.furniture,
        *paper.preamble,
        *(line for section in paper.sections for line in section.lines),
        *(line for item in paper.items for line in item.lines),
        *(problem.line for problem in paper.problems),
    }
    return [text for line, text in enumerate(paper.source, 1) if text.strip() and line not in told]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reader_and_no_line_is_lost(text: str) -> None:
    paper = read_lines(text.splitlines())
    assert lost_lines(paper) == []
    assert paper_from_json(json.loads(json.dumps(asdict(paper)))) == paper
    assert paper.is_paper == bool(paper.items)
    if paper.is_paper:
        assert exam_draft(paper, "paper", "paper.txt").count("\n## ") >= len(paper.items)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_words_of_an_item_are_kept(text: str) -> None:
    paper = read_lines(text.splitlines())
    items = repr(paper.items)
    others = {
        *(line for section in paper.sections for line in section.lines),
        *paper.preamble,
        *paper.furniture,
        *(problem.line for problem in paper.problems),
    }
    for number, line in enumerate(paper.source, 1):
        if number not in others:
            assert [name for name in re.findall("记号.", line) if name not in items] == []


@given(TEXTS.map(str.encode) | st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with suppress(DocumentRefused):
        assert lost_lines(read_file(data)) == []


WORDS = st.text("甲乙丙丁戊己庚辛壬癸客户保单退保理赔核身", min_size=2, max_size=12)
QUESTIONS = st.tuples(
    WORDS,
    st.lists(WORDS, min_size=2, max_size=6, unique=True),
    st.integers(0, 1),
)


@given(
    st.lists(QUESTIONS, min_size=1, max_size=12),
    st.sampled_from((".", "、", "．", ". ")),
    st.sampled_from((".", "、", "．", ":")),
    st.sampled_from(("\n", " ", "")),
)
@settings(max_examples=150, deadline=None)
def test_what_was_printed_is_read_however_it_is_set(
    questions: list[tuple[str, list[str], int]], after: str, after_letter: str, between: str
) -> None:
    lines = [f"一、单选题（共{len(questions)}题，每题2分）"]
    key = []
    for number, (stem, options, right) in enumerate(questions, 1):
        lettered = [f"{'ABCDEF'[at]}{after_letter}{text}" for at, text in enumerate(options)]
        lines += f"{number}{after}{stem}？{between}{between.join(lettered)}".split("\n")
        key.append(f"{number}.{'ABCDEF'[right]}")
    paper = read_lines([*lines, "参考答案", " ".join(key)])
    read = [(item.stem, [o.text for o in item.options], item.answer) for item in paper.items]
    assert read == [
        (f"{stem}？", options, ("ABCDEF"[right],)) for stem, options, right in questions
    ]
    assert [item.complete for item in paper.items] == [True] * len(questions)
    assert paper.problems == ()
