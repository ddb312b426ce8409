"""The Word documents of a paper: the paper, its answer sheet and its key."""

from __future__ import annotations

from collections.abc import Sequence

from kb.content.exam_item import STAR_PARTS, ItemType
from kb.exams.item_paragraphs import add_question, add_solution, short_answer
from kb.exams.papers.exam_paper import ExamPaper, PaperItem, PaperSection
from kb.exams.word_document import TEXT_WIDTH_MM, WordDocument

_MARKED_BY_SIGN: tuple[ItemType, ...] = ("单选", "多选", "判断")
"""Letters or 对 and 错 answer them; of other types one writes."""
_NUMERALS = "一二三四五六七八"
_PERSON = "　".join(f"{word}：＿＿＿＿＿＿" for word in ("姓名", "工号", "班组", "日期"))
_PER_ROW = 10
_WRITING_LINES = {"填空": 1, "简答": 4, "论述": 10, "情景分析": 8}
_PART_LINES = 2
_DIGEST_CHARS = 8


def paper_document(paper: ExamPaper) -> bytes:
    """Return the paper without answers, as those who sit it get it."""
    document = _begin(paper, "试卷")
    _add_score_table(document, paper)
    for place, section in enumerate(paper.sections):
        document.add_heading(section_heading(place, section))
        _add_questions(document, section, with_solutions=False)
    return document.as_bytes()


def answer_sheet(paper: ExamPaper) -> bytes:
    """Return a sheet with a field for each answer."""
    document = _begin(paper, "答题卡")
    for place, section in enumerate(paper.sections):
        document.add_heading(section_heading(place, section))
        if section.type in _MARKED_BY_SIGN:
            _add_answer_table(document, [(str(p.number), "") for p in section.items])
        else:
            for placed in section.items:
                _add_writing_space(document, section, placed)
    return document.as_bytes()


def answer_key(paper: ExamPaper) -> bytes:
    """Return the answers at a glance, then each item with explanation, citations and pins."""
    document = _begin(paper, "参考答案")
    signs = [p for s in paper.sections if s.type in _MARKED_BY_SIGN for p in s.items]
    if signs:
        _add_answer_table(document, [(str(p.number), short_answer(p.item)) for p in signs])
    for place, section in enumerate(paper.sections):
        document.add_heading(section_heading(place, section))
        _add_questions(document, section, with_solutions=True)
    return document.as_bytes()


def section_heading(place: int, section: PaperSection) -> str:
    """Return `一、单选题（共10题，每题2分，共20分）`; `place` counts from 0."""
    each = f"每题{section.points_each}分，" if section.points_each else ""
    return (
        f"{_NUMERALS[place]}、{section.type}题"
        f"（共{len(section.items)}题，{each}共{section.points}分）"
    )


def _begin(paper: ExamPaper, kind: str) -> WordDocument:
    # The digest tells which version of a paper somebody holds.
    footer = f"{paper.title}　{paper.variant}卷　{kind}　{paper.digest[:_DIGEST_CHARS]}"
    document = WordDocument(footer)
    document.add_title(f"{paper.title}（{paper.variant}卷）{'' if kind == '试卷' else kind}")
    if kind != "参考答案":
        document.add_paragraph(_PERSON)
    document.add_paragraph(f"共{len(paper.items)}题，满分{paper.total}分。")
    return document


def _add_questions(document: WordDocument, section: PaperSection, with_solutions: bool) -> None:
    for placed in section.items:
        # The heading tells what each is worth where that is the same.
        points = None if section.points_each else placed.points
        add_question(document, placed.number, placed.item, points)
        if with_solutions:
            add_solution(document, placed.item)


def _add_score_table(document: WordDocument, paper: ExamPaper) -> None:
    numerals = [_NUMERALS[place] for place in range(len(paper.sections))]
    worths = [str(section.points) for section in paper.sections]
    rows = [
        ("大题", *numerals, "总分", "阅卷人"),
        ("分值", *worths, str(paper.total), ""),
        ("得分", *("" for _ in numerals), "", ""),
    ]
    document.add_table(rows, [TEXT_WIDTH_MM / len(rows[0])] * len(rows[0]))


def _add_answer_table(document: WordDocument, answers: Sequence[tuple[str, str]]) -> None:
    rows: list[tuple[str, ...]] = []
    per_row = min(_PER_ROW, len(answers))
    for start in range(0, len(answers), per_row):
        part = [*answers[start : start + per_row]]
        part += [("", "")] * (per_row - len(part))
        rows.append(("题号", *(number for number, _ in part)))
        rows.append(("答案", *(answer for _, answer in part)))
    document.add_table(rows, [15, *[(TEXT_WIDTH_MM - 15) / per_row] * per_row])


def _add_writing_space(document: WordDocument, section: PaperSection, placed: PaperItem) -> None:
    document.add_paragraph(f"{placed.number}.（{placed.points}分）", keeps_next=True)
    if section.type == "行为面试":
        for part in STAR_PARTS:
            document.add_paragraph(f"{part}：", keeps_next=True)
            document.add_writing_lines(_PART_LINES)
    else:
        document.add_writing_lines(_WRITING_LINES[section.type])
