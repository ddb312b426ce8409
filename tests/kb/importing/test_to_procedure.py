"""A document becomes a draft and a list of the rest: nothing is lost, nothing invented."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content import BLANK, Fault, parse_procedure_file
from kb.content.prose import without_marks
from kb.editing import check_text, read_surroundings
from kb.importing import SourceDocument, SourceParagraph, SourceTable
from kb.importing.docx_file import read_docx
from kb.importing.to_procedure import ImportedDraft, draft_procedure, guess_category
from tests.content_samples import PROPERTY, sample_files
from tests.kb.importing.documents import TITLE, standard

TODAY = date(2026, 6, 1)
PATH = "procedures/保全/phone-standard.md"
BLANK_CODES = {
    "amount-without-law",
    "blank-left",
    "deadline-syntax",
    "deadline-without-authority",
    "header-missing",
    "note-without-authority",
    "says-too-few",
    "scope-unknown",
}
"""What a draft lacks until an editor has been over it."""
_NUMBER = re.compile("[0-9一二三四五六七八九十]+")


def drafted(document: SourceDocument) -> ImportedDraft:
    return draft_procedure(document, "phone-standard", "保全", TODAY)


def document(*lines: str) -> SourceDocument:
    """Return a document of plain paragraphs."""
    return SourceDocument(tuple(SourceParagraph(n, line) for n, line in enumerate(lines, 1)))


def faults(draft: ImportedDraft) -> list[Fault]:
    return check_text(PATH, draft.text, read_surroundings(sample_files()), TODAY)


def section(draft: ImportedDraft, name: str) -> str:
    """Return the text of a section."""
    return draft.text.partition(f"## {name}\n")[2].partition("\n\n")[0].strip()


def lost(source: SourceDocument, draft: ImportedDraft) -> list[str]:
    """Return the words of a document that stand neither in the draft nor in the list.

    Words are what stands between marks; mere numbers, which order paragraphs, are none, nor is the
    head of a table, which names columns.
    """
    kept = without_marks(draft.text + "".join(item.text for item in draft.leftovers))
    texts = [item.text for item in source.paragraphs]
    texts += [cell for table in source.tables for row in table.rows[1:] for cell in row[1:]]
    words = (word for text in texts for word in re.split(r"[\W_]+", text))
    return [word for word in words if word not in kept and not _NUMBER.fullmatch(word)]


def test_a_standard_becomes_steps_with_their_duties() -> None:
    draft = drafted(read_docx(standard()))
    assert (
        section(draft, "办理步骤")
        == """\
1. 铃响三声内接起，报出工号。 {#step-1}
2. 问清来意。 {#step-2}
   - 复述: 应当询问客户的姓氏，并复述要点。
   - 话术: 不能确定的，可以说：“我查清楚再回您电话。”
3. 登记并约定回复。
   回复不超过3个工作日。 {#step-3}
   - 必记: 必须记录客户的原话。
   - 必记: 登记用统一的工单。
4. 转接
   转接后向同事说明客户的情况。 {#step-4}
   - 必说: 先告知客户要转给谁。"""
    )


def test_prohibitions_become_notes_whose_authority_is_a_blank() -> None:
    notes = section(drafted(read_docx(standard())), "合规提示")
    assert (
        notes
        == """\
- 禁止: 任何情况下不得与客户争执。（待写：依据） {#note-1}
- 禁止: 不得承诺处理结果。（待写：依据） {#note-2}"""
    )


def test_a_table_of_materials_becomes_rows() -> None:
    rows = section(drafted(read_docx(standard())), "所需材料").splitlines()[2:]
    assert rows == [
        "| 申请书 | | 要求：签名 |",
        "| 身份证件 | | （待写：要求） |",
    ]


def test_time_limits_become_rows_that_say_nothing_the_document_does_not() -> None:
    rows = section(drafted(read_docx(standard())), "时效").splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == [
        "| 回复不超过3个工作日。",
        "| 回复咨询",
        "| 回复投诉",
    ]
    assert "原文“3个工作日”" in rows[0]
    assert all(row.count(BLANK) == 3 for row in rows)


def test_what_finds_no_place_is_listed_with_place_and_reason() -> None:
    leftovers = [
        (item.where, item.text, item.why) for item in drafted(read_docx(standard())).leftovers
    ]
    assert leftovers == [
        ("第 2 段", "目的", "标题，只用来分段"),
        ("第 3 段", "统一接听的做法，让客户少等。", "不是坐席要做的一步"),
        ("第 4 段", "接听流程", "标题，只用来分段"),
        ("表 3 第 1 行", "岗位 | 人数", "表头里没有材料或时限，看不出是什么表"),
        ("表 3 第 2 行", "早班 | 六人", "表头里没有材料或时限，看不出是什么表"),
        ("页眉（第 11 段）", "内部资料", "不在正文里"),
        ("页脚（第 12 段）", "第三版", "不在正文里"),
    ]


def test_a_draft_only_lacks_what_an_editor_must_add() -> None:
    draft = drafted(read_docx(standard()))
    assert {fault.code for fault in faults(draft)} <= BLANK_CODES
    parsed = parse_procedure_file(PATH, draft.text.encode()).draft
    assert parsed is not None
    assert (parsed.id, parsed.title) == ("phone-standard", TITLE)
    assert parsed.effective_from == TODAY
    assert len(parsed.steps) == 4


def test_nothing_of_the_standard_is_lost() -> None:
    source = read_docx(standard())
    assert lost(source, drafted(source)) == []


@pytest.mark.parametrize(
    ("lines", "steps"),
    [
        (("标题", "先接。", "再说。"), ["先接。", "再说。"]),
        (("标题", "1、先接。", "听完。", "2、再说。"), ["先接。\n听完。", "再说。"]),
        (("标题", "一、接听", "先接。再听。"), ["接听\n先接。\n再听。"]),
        (
            ("标题", "一、接听", "按顺序：", "1、先接。", "2、再说。"),
            ["接听\n按顺序：", "先接。", "再说。"],
        ),
        (("标题", "1、接听", "1)铃响三声内接起。", "2、转接"), ["接听\n铃响三声内接起。", "转接"]),
        (("标题", "一、目的", "为了统一。"), ["（待写：这一步坐席要做的事）"]),
    ],
)
def test_steps_follow_the_numbers_and_without_numbers_the_paragraphs(
    lines: tuple[str, ...], steps: list[str]
) -> None:
    parsed = parse_procedure_file(PATH, drafted(document(*lines)).text.encode()).draft
    assert parsed is not None
    assert [step.text.raw for step in parsed.steps] == steps


def test_materials_below_a_heading_become_rows_without_conditions() -> None:
    draft = drafted(
        document("标题", "一、所需材料", "请准备：", "1、申请书；", "2、申请书", "3、证件{原件}")
    )
    assert section(draft, "所需材料").splitlines()[2:] == ["| 申请书 | | （待写：要求） |"]
    assert [(item.text, item.why) for item in draft.leftovers][1:] == [
        ("请准备：", "引出清单的一句"),
        ("申请书", "与前面的材料重复"),
        ("证件{原件}", "含有规程里另有用处的符号（花括号、方括号或〔〕）"),
    ]


@pytest.mark.parametrize("sign", ["“", "「", "1、", "不得", "（", "3日", " ", "。"])
def test_endless_repetition_is_read_like_anything_else(sign: str) -> None:
    source = document("标题", f"甲{sign * 50_000}乙")
    assert lost(source, drafted(source)) == []


def test_images_are_listed() -> None:
    (leftover,) = drafted(SourceDocument((), images=2)).leftovers
    assert (leftover.where, leftover.text) == ("图片", "2 张")


@pytest.mark.parametrize(
    "title",
    ['他说"好"', "a: b # c", "- 标题", "[标题]", "{标题}", "'", "!!python", "*x", "&x", "\\"],
)
def test_any_title_stays_what_it_is(title: str) -> None:
    parsed = parse_procedure_file(PATH, drafted(document(title, "先接。")).text.encode()).draft
    assert parsed is not None
    assert parsed.title == title


def test_the_category_is_the_one_whose_words_title_and_headings_use() -> None:
    categories = ("理赔", "保全", "电话服务标准")
    assert guess_category(read_docx(standard()), categories) == "电话服务标准"
    assert guess_category(document("住院理赔办理"), categories) == "理赔"
    assert guess_category(document("别的"), categories) == ""
    assert guess_category(document("别的"), ()) == ""


_MARKS = ("。", "；", "：", "，", " ", "\n", "{", "〔", "[", "|", "#", "- ", "“", "”", "）")
_NUMBERS = ("一、", "（二）", "1、", "2. ", "3)", "• ")
_SIGNALS = ("目的", "所需材料", "时效", "时限", "3日内", "不得", "必须", "核对", "告知", "话术")
# Rare enough that one which is lost stands nowhere else.
_NAMES = st.text("甲乙丙丁戊己庚辛壬癸", min_size=4, max_size=8)
_LINES = st.lists(
    st.one_of(
        st.sampled_from(_NUMBERS), st.sampled_from(_SIGNALS), _NAMES, st.sampled_from(_MARKS)
    ),
    min_size=1,
    max_size=12,
).map(lambda parts: "".join(parts).strip())
_PARAGRAPHS = st.tuples(_LINES.filter(bool), st.integers(0, 2), st.integers(0, 2))
_HEADS = st.sampled_from(("材料", "时限", "别的"))
_ROWS = st.lists(st.one_of(st.just(""), _NAMES), min_size=2, max_size=3)


@PROPERTY
@given(st.lists(_PARAGRAPHS, max_size=8), st.lists(_HEADS, min_size=2, max_size=2), st.lists(_ROWS))
def test_nothing_of_any_document_is_lost(
    paragraphs: list[tuple[str, int, int]], head: list[str], rows: list[list[str]]
) -> None:
    blocks = [SourceParagraph(number, *item) for number, item in enumerate(paragraphs, 1)]
    table = SourceTable(1, (tuple(head), *map(tuple, rows)))
    source = SourceDocument((*blocks, table))
    draft = drafted(source)
    assert lost(source, draft) == []
    assert parse_procedure_file(PATH, draft.text.encode()).draft is not None
