"""Reads GIFT as Moodle does: blocks between empty lines, escapes before everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.exam_item import BLANK, ExamItem
from kb.errors import DocumentRefused
from kb.exams.formats.building import MAX_OPTIONS, blanks_item, choice_item, open_item, verdict_item
from kb.exams.formats.escaping import with_wildcards
from kb.exams.formats.exam_format import Problem, ReadItems
from kb.exams.formats.html_text import html_to_text
from kb.exams.formats.notes import Notes, read_notes

_CATEGORY = "$CATEGORY:"
_COMMENT = "//"
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_NAME = re.compile(r"::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_ANSWER = re.compile(r"[=~][^=~]*")
_VERDICTS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its escapes, and the same text with every escape blotted out."""

    text: str
    mask: str

    def cut(self, start: int, end: int | None = None) -> _Text:
        """Return a part."""
        return _Text(self.text[start:end], self.mask[start:end])

    def partition(self, mark: str) -> tuple[_Text, _Text]:
        """Return what stands before and after the first mark that is not escaped."""
        place = self.mask.find(mark)
        return (
            (self, _Text("", ""))
            if place < 0
            else (
                self.cut(0, place),
                self.cut(place + len(mark)),
            )
        )

    def read(self, default_format: str) -> str:
        """Return what it says, in the format that it names or else the default."""
        named = _FORMAT.match(self.mask)
        rest = self.text[named.end() :] if named else self.text
        said = _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], rest.strip())
        is_html = (named[1] if named else default_format) == "html"
        return html_to_text(said) if is_html else said


@dataclass(frozen=True, slots=True)
class _Answer:
    """One of the answers between the braces."""

    text: str
    weight: float
    """Per cent of the points."""


class _Unreadable(Exception):
    """A block that is no item; its text says why."""


def read_gift(data: bytes) -> ReadItems:
    """Return the questions of a GIFT file. Raises DocumentRefused unless it is a text."""
    title, items, problems = "", [], []
    for line, block in _blocks(_decode(data)):
        comments = [row.removeprefix(_COMMENT).strip() for row in block if row.startswith(_COMMENT)]
        text = "\n".join(row for row in block if not row.startswith(_COMMENT)).strip()
        if text.startswith(_CATEGORY):
            title = title or text.removeprefix(_CATEGORY).strip()
        elif text:
            try:
                items.append(_read_question(text, read_notes(comments, line)[0], line))
            except _Unreadable as unreadable:
                problems.append(Problem(line, str(unreadable)))
    return ReadItems(title, tuple(items), tuple(problems))


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentRefused("这个文件不是文字。GIFT 文件请用 UTF-8 保存。")


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line of each block and its rows, without white space around them."""
    block: list[str] = []
    for number, row in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], 1):
        if row.strip():
            block.append(row.strip())
        elif block:
            yield number - len(block), block
            block = []


def _read_question(text: str, notes: Notes, line: int) -> ExamItem:
    whole = _Text(text, _ESCAPED.sub("\0\0", text))
    name = _NAME.match(whole.mask)
    if name:
        whole = whole.cut(name.end())
    named_format = _FORMAT.match(whole.mask)
    format_ = named_format[1] if named_format else "moodle"
    start, end = whole.mask.find("{"), whole.mask.rfind("}")
    if start < 0 or end < start:
        raise _Unreadable("没有大括号里的答案，不是题目。")
    question = whole.cut(0, start).read("moodle")
    rest = whole.cut(end + 1).read(format_)
    if rest:
        question = f"{question} {BLANK} {rest}"
    answers, feedback = whole.cut(start + 1, end).partition("####")
    return _make_item(notes, question, answers, feedback.read(format_), format_, line)


def _make_item(
    notes: Notes, question: str, answers: _Text, explanation: str, format_: str, line: int
) -> ExamItem:
    mask = answers.mask.strip()
    verdict = _VERDICTS.get(answers.partition("#")[0].text.strip().upper())
    if not mask:
        return open_item(notes, question, explanation, line)
    if mask.startswith("#"):
        raise _Unreadable("数值题没有对应的题型，没有读入。")
    if verdict is not None:
        return verdict_item(notes, question, verdict, explanation, line)
    read = [
        _read_answer(answers.cut(*match.span()), format_)
        for match in _ANSWER.finditer(answers.mask)
    ]
    if "~" in mask:
        if len(read) > MAX_OPTIONS:
            raise _Unreadable(f"选项多于{MAX_OPTIONS}个，没有读入。")
        right = {place for place, answer in enumerate(read) if answer.weight > 0}
        if not right:
            raise _Unreadable("没有标出正确的选项，没有读入。")
        options = [answer.text for answer in read]
        return choice_item(notes, question, options, right, explanation, line)
    if "->" in mask and notes.type is None:
        raise _Unreadable("配对题没有对应的题型，没有读入。")
    if not read:
        raise _Unreadable("看不出哪个是答案，没有读入。")
    accepted = [with_wildcards(answer.text) for answer in read]
    return blanks_item(notes, question, [accepted], explanation, line)


def _read_answer(text: _Text, format_: str) -> _Answer:
    is_marked_right = text.mask.startswith("=")
    text = text.cut(1)
    weight = _WEIGHT.match(text.mask)
    if weight:
        text = text.cut(weight.end())
    share = float(weight[1]) if weight else (100.0 if is_marked_right else 0.0)
    return _Answer(text.partition("#")[0].read(format_), share)
