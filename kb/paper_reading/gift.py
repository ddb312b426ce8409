"""Reads GIFT, the text format of Moodle: `::标题:: 题干 {=对的 ~错的}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.content.exam_item import BLANK, Option
from kb.paper_reading.fields import Field
from kb.paper_reading.item_list import ItemList
from kb.paper_reading.options import LETTERS
from kb.paper_reading.paper import ReadProblem
from kb.paper_reading.raw_item import RawItem

_TITLE = re.compile(r"\s*::(?P<title>(?:\\.|[^:\\]|:(?!:)){0,200})::\s*")
_FORMAT = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]\s*")
_OPEN = re.compile(r"(?<!\\)\{")
_CLOSE = re.compile(r"(?<!\\)\}")
_ANSWER = re.compile(
    r"(?<!\\)(?P<sign>[=~])(?:%(?P<weight>-?\d{1,3}(?:\.\d{1,5})?)%)?(?P<text>(?:\\.|[^=~\\])*)"
)
_FEEDBACK = re.compile(r"(?<!\\)#")
_GENERAL = re.compile(r"(?<!\\)####")
_VERDICT = re.compile(r"\s*(T|TRUE|F|FALSE)\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([~=#{}:\\])")
_IS_GIFT = re.compile(r"^\s*(?:::.{0,200}?::|\$CATEGORY:)", re.MULTILINE)
_FILLED = re.compile(r"\{\s*(?:[=~]|T\s*\}|F\s*\}|TRUE|FALSE|#)")


def is_gift(text: str) -> bool:
    """Return whether a text has titles, categories or answers as only GIFT writes them."""
    return bool(_IS_GIFT.search(text) or _FILLED.search(text))


def read_gift(source: Sequence[str]) -> ItemList:
    """Return the items of the lines of a GIFT file."""
    result = ItemList(tuple(source))
    for start, lines in _blocks(source, result):
        question = _question(start, "\n".join(lines), len(result.items) + 1)
        if isinstance(question, ReadProblem):
            result.problems.append(question)
            result.preamble.update(range(start, start + len(lines)))
        else:
            question.lines.update(range(start, start + len(lines)))
            result.items.append(question)
    return result


def _blocks(source: Sequence[str], result: ItemList) -> Iterator[tuple[int, list[str]]]:
    """Yield each stretch of lines without a blank one, with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*source, ""], 1):
        if line.lstrip().startswith(("//", "$CATEGORY:")):
            result.preamble.add(number)
            line = ""
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _question(line: int, text: str, number: int) -> RawItem | ReadProblem:
    title = _TITLE.match(text)
    text = text[title.end() :] if title else text
    form = _FORMAT.match(text)
    text = text[form.end() :] if form else text.strip()
    opened = _OPEN.search(text)
    closed = _CLOSE.search(text, opened.end()) if opened else None
    if opened is None or closed is None:
        return ReadProblem(line, f"没有花括号里的答案，不是题：{text[:30]}")
    body, after = text[opened.end() : closed.start()], text[closed.end() :].strip()
    raw = RawItem(number, line)
    gap = BLANK if after else ""
    raw.write(Field.STEM, _plain(f"{text[: opened.start()].strip()}{gap}{after}"))
    body, *general = _GENERAL.split(body, maxsplit=1)
    if not _read_answer(body.strip(), raw):
        return ReadProblem(line, f"配对题没有对应的题型，没有读入：{raw.text(Field.STEM)[:30]}")
    raw.write(Field.EXPLANATION, _plain("".join(general)))
    return raw


def _read_answer(body: str, raw: RawItem) -> bool:
    """Add what stands in the braces; return False for what has no type here."""
    if verdict := _VERDICT.match(body):
        raw.type = "判断"
        raw.write(Field.ANSWER, "对" if verdict[1].upper().startswith("T") else "错")
        raw.write(Field.EXPLANATION, _plain(" ".join(_FEEDBACK.split(body)[1:])))
    elif body.startswith("#"):
        raw.type = "填空"
        raw.write(Field.ANSWER, _plain(body[1:].lstrip("= ")))
    elif answers := list(_ANSWER.finditer(body)):
        if any("->" in answer["text"] for answer in answers):
            return False
        _read_answers(answers, raw)
    return True


def _read_answers(answers: Sequence[re.Match[str]], raw: RawItem) -> None:
    texts = [_plain(_FEEDBACK.split(answer["text"])[0]) for answer in answers]
    right = [answer["sign"] == "=" or float(answer["weight"] or 0) > 0 for answer in answers]
    if all(answer["sign"] == "=" for answer in answers):
        raw.type = "填空" if BLANK in raw.text(Field.STEM) else None
        raw.write(Field.ANSWER, "|".join(texts))
        return
    raw.type = "单选" if any(answer["sign"] == "=" for answer in answers) else "多选"
    raw.options = tuple(map(Option, LETTERS, texts))
    raw.write(
        Field.ANSWER,
        "".join(letter for letter, is_right in zip(LETTERS, right, strict=False) if is_right),
    )


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", " ".join(text.split()))
