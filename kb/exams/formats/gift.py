"""GIFT, Moodle's text format: https://docs.moodle.org/en/GIFT_format.

Every question text is marked `[plain]`, or Moodle would read what looks like markup in it. What
GIFT has no field for stands in comments before the question. It knows one blank a question: of
several, the first accepted texts make one short answer, and the comments hold each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from kb.content.exam_item import Blanks, Choices, ExamItem, Rubric, Verdict
from kb.exams.formats.escaping import without_wildcards
from kb.exams.formats.exam_format import ReadItems
from kb.exams.formats.gift_reading import read_gift
from kb.exams.formats.notes import note_lines
from kb.exams.formats.question_text import question_text

_ESCAPES = str.maketrans({char: f"\\{char}" for char in r"\~=#{}:"} | {"\n": r"\n"})
_NOTES = ("编号", "题型", "分值", "难度", "主题", "来源", "关联", "采分点")


class GiftFormat:
    """Writes and reads GIFT files."""

    suffix: ClassVar[str] = ".gift.txt"
    media_type: ClassVar[str] = "text/plain"

    def write(self, title: str, items: Sequence[ExamItem]) -> bytes:
        """Return a file whose category is the title."""
        blocks = [f"$CATEGORY: {title}", *map(_block, items)]
        return ("\n\n".join(blocks) + "\n").encode()

    def read(self, data: bytes) -> ReadItems:
        """Return the questions of a file; matching and numeric ones become problems."""
        return read_gift(data)


def _block(item: ExamItem) -> str:
    several = isinstance(item.solution, Blanks) and len(item.solution.accepted) > 1
    comments = [f"// {note}" for note in note_lines(item, (*_NOTES, *(["空"] if several else [])))]
    answers = list(_answers(item))
    if item.explanation.raw:
        answers.append(f"####{_text(item.explanation.raw)}")
    question = f"::{_escape(item.id)}::[plain]{_escape(question_text(item))}"
    return "\n".join((*comments, question + "{", *(f"\t{answer}" for answer in answers), "}"))


def _answers(item: ExamItem) -> Iterator[str]:
    match item.solution:
        case Choices(letters):
            yield from _options(item, letters)
        case Verdict(is_true):
            yield "TRUE" if is_true else "FALSE"
        case Blanks(accepted):
            texts = accepted[0] if len(accepted) == 1 else ["；".join(each[0] for each in accepted)]
            yield from (_short_answer(text) for text in texts)
        case Rubric():
            # No answer is GIFT's spelling of an essay.
            return


def _options(item: ExamItem, letters: tuple[str, ...]) -> Iterator[str]:
    several = item.type == "多选"
    for option in item.options:
        is_right = option.letter in letters
        share = f"{round(100 / len(letters), 5):g}" if is_right else "-100"
        if several:
            yield f"~%{share}%{_text(option.text)}"
        else:
            # A text that begins like a weight needs one before it.
            weight = f"%{100 if is_right else 0}%" if option.text.startswith("%") else ""
            yield f"{'=' if is_right else '~'}{weight}{_text(option.text)}"


def _short_answer(text: str) -> str:
    weight = "%100%" if text.startswith("%") else ""
    return f"={weight}{_text(without_wildcards(text))}"


def _text(text: str) -> str:
    """Return the text of an answer or of feedback, which must not begin like a format's name."""
    return ("[plain]" if text.startswith("[") else "") + _escape(text)


def _escape(text: str) -> str:
    return text.translate(_ESCAPES)
