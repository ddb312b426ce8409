"""An exam item in a Word document: its question, and what is right."""

from __future__ import annotations

from kb.content.exam_item import Blanks, Choices, ExamItem, Rubric, ScoringPoint, Verdict
from kb.content.prose import Citation, Link, PracticeMark, Span
from kb.exams.word_document import WordDocument

_INDENT_MM = 7


def add_question(document: WordDocument, number: int, item: ExamItem, points: int | None) -> None:
    """Add context, stem and options; `points`, if told, stand behind the stem."""
    worth = f"（{points}分）" if points else ""
    if item.context:
        document.add_paragraph(f"{number}. 背景：{item.context}", keeps_next=True, opens_block=True)
        document.add_paragraph(f"{item.stem}{worth}", indent_mm=_INDENT_MM)
    else:
        has_options = bool(item.options)
        text = f"{number}. {item.stem}{worth}"
        document.add_paragraph(text, keeps_next=has_options, opens_block=True)
    for option in item.options:
        is_last = option is item.options[-1]
        text = f"{option.letter}. {option.text}"
        document.add_paragraph(text, indent_mm=_INDENT_MM, keeps_next=not is_last)


def add_solution(document: WordDocument, item: ExamItem) -> None:
    """Add the answer or 采分点, the explanation with its citations, and the pins."""
    if isinstance(item.solution, Rubric):
        for number, point in enumerate(item.solution.scoring_points, 1):
            document.add_paragraph(scoring_point_text(number, point), indent_mm=_INDENT_MM)
    else:
        document.add_paragraph(f"答案：{short_answer(item)}", _INDENT_MM, is_bold=True)
    if item.explanation.raw:
        document.add_paragraph(f"解析：{explanation_text(item)}", _INDENT_MM)
    if item.pins:
        targets = "；".join(pin.target for pin in item.pins)
        document.add_paragraph(f"关联规程：{targets}", _INDENT_MM)


def short_answer(item: ExamItem) -> str:
    """Return the answer in a few words, `见采分点` for open types."""
    match item.solution:
        case Choices(letters):
            return "".join(letters)
        case Verdict(is_true):
            return "对" if is_true else "错"
        case Blanks(accepted):
            return "；".join("／".join(texts) for texts in accepted)
        case Rubric():
            return "见采分点"


def scoring_point_text(number: int, point: ScoringPoint) -> str:
    """Return a 采分点 as it is printed."""
    part = f"【{point.part}】" if point.part else ""
    pin = f"（关联：{point.pin.target}）" if point.pin else ""
    return f"采分点{number}（{point.points}分）{part}{point.text}{pin}"


def explanation_text(item: ExamItem) -> str:
    """Return the explanation as it is read on paper: links as words with where they lead."""
    return "".join(_span_text(span) for span in item.explanation.spans)


def _span_text(span: Span) -> str:
    match span:
        case Citation():
            return f"〔{span}〕"
        case PracticeMark(practice):
            return f"〔{practice}〕"
        case Link(label, procedure_id, anchor):
            return f"{label}（{procedure_id}{f'#{anchor}' if anchor else ''}）"
        case _:
            return span
