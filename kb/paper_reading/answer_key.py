"""The answers at the end of a paper or of a section: runs, tables, and entries with 解析."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb.paper_reading.line import Line
from kb.paper_reading.numbering import Entry, numbered_entries

_MARK = "[A-H√×对错TF]"
_RANGE = re.compile(
    rf"(?P<first>\d{{1,4}})\s*[-~—–至到]{{1,2}}\s*(?P<last>\d{{1,4}})\s*题?\s*[.:、]?\s*"
    rf"(?P<answers>{_MARK}(?:[\s、,;|/]{{0,3}}{_MARK})*)[\s。,;]*"
)
_PAIR = re.compile(
    r"(?P<number>\d{1,4})\s*[.、:)题]{0,2}\s*\(?"
    r"(?P<answer>[A-H](?:[、,\s]?[A-H]){0,7}(?![A-Za-z])|√|×|正确|错误|对|错|T|F)\)?[\s,;。、.|]*"
)
_BARE = re.compile(rf"{_MARK}(?:\s*{_MARK})+")
_TABLE_NUMBERS = re.compile(r"(?:题号|序号)[\s:|]*(?P<numbers>\d{1,4}(?:[\s|]+\d{1,4})*)")
_TABLE_ANSWERS = re.compile(r"(?:参考|正确)?答案[\s:|]+(?P<answers>\S+(?:[\s|]+\S+)*)")
_LABEL = re.compile(r"(?:参考|正确|标准)?答案\s*:?\s*")
_LEAST_PAIRS = 2


@dataclass(slots=True)
class KeyEntries:
    """The answers that a part of a key gives."""

    entries: list[Entry] = field(default_factory=list)
    left_over: list[Line] = field(default_factory=list)
    """Lines that belong to no answer."""


def key_entries(lines: Sequence[Line]) -> KeyEntries:
    """Return the answers in some lines of a key, by their numbers."""
    result = KeyEntries()
    waiting: list[Line] = []
    numbers: tuple[Line, list[int]] | None = None
    for line in lines:
        if table := _TABLE_NUMBERS.fullmatch(line.folded):
            result.left_over += [numbers[0]] if numbers else []
            numbers = line, [int(number) for number in re.findall(r"\d+", table["numbers"])]
        elif numbers and (row := _TABLE_ANSWERS.fullmatch(line.folded)):
            answers = re.split(r"[\s|]+", row["answers"])
            if len(answers) > len(numbers[1]):
                result.left_over.append(line)
            result.entries += _entries(line, zip(numbers[1], answers, strict=False), numbers[0])
            numbers = None
        elif run := run_of_answers(line) or _bare_answers(line):
            _add_entries(waiting, result)
            result.entries += run
        else:
            waiting.append(line)
    if numbers:
        result.left_over.append(numbers[0])
    _add_entries(waiting, result)
    return result


def is_table_of_answers(line: Line, below: Line) -> bool:
    """Return whether two lines are the rows 题号 and 答案 of a table."""
    return bool(_TABLE_NUMBERS.fullmatch(line.folded) and _TABLE_ANSWERS.fullmatch(below.folded))


def run_of_answers(line: Line) -> list[Entry]:
    """Return the answers of a line that holds nothing else: 1-5 BCABD, or 1.B 2.C 3.A."""
    words, at = line.folded, 0
    if label := _LABEL.match(words):
        at = label.end()
    found: list[tuple[int, str]] = []
    ranges = 0
    while at < len(words):
        if match := _RANGE.match(words, at):
            ranges += 1
            meant = range(int(match["first"]), int(match["last"]) + 1)
            marks = _marks(match["answers"], len(meant))
            # Fewer are left where the file was cut off; more belong to nothing.
            if len(marks) > len(meant):
                return []
            found += zip(meant, marks, strict=False)
        elif match := _PAIR.match(words, at):
            found.append((int(match["number"]), match["answer"]))
        else:
            return []
        at = match.end()
    return _entries(line, found) if ranges or len(found) >= _LEAST_PAIRS else []


def _bare_answers(line: Line) -> list[Entry]:
    """Return the answers of a line of mere letters, counted from 1."""
    words = line.folded
    return _entries(line, enumerate(_marks(words), 1)) if _BARE.fullmatch(words) else []


def _marks(words: str, expected: int = 0) -> list[str]:
    """Return the answers of a run: what is set apart, or each letter by itself."""
    apart = re.split(r"[\s、,;|/]+", words.strip())
    if len(apart) == expected:
        return apart
    return re.findall(_MARK, words)


def _entries(line: Line, found: Iterable[tuple[int, str]], *above: Line) -> list[Entry]:
    """Return an entry for each answer; `above` are further lines that it comes from."""
    empty = [other.cut(0, 0) for other in above]
    return [Entry(number, [*empty, Line(line.number, text, text)]) for number, text in found]


def _add_entries(waiting: list[Line], result: KeyEntries) -> None:
    """Move the lines that wait into entries."""
    read = numbered_entries(waiting)
    result.left_over += read.before
    result.entries += read.entries
    waiting.clear()
