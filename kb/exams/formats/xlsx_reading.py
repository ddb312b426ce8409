"""Reads item sheets, written here or filled in by hand for a training platform."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase

from kb.content.exam_item import ITEM_TYPES, OPEN_TYPES, ExamItem, ItemType
from kb.errors import DocumentRefused
from kb.exams.formats.building import blanks_item, choice_item, open_item, verdict_item
from kb.exams.formats.escaping import split_escaped
from kb.exams.formats.exam_format import Problem, ReadItems
from kb.exams.formats.notes import (
    Notes,
    read_difficulty,
    read_pin,
    read_points,
    read_scoring_point,
)
from kb.exams.formats.sheet_rows import find_columns, read_sheet
from kb.exams.verdict_words import read_verdict

BLANK_SEPARATOR = "；"
TOPIC_SEPARATOR = "、"
_NAMES: Mapping[str, tuple[str, ...]] = {
    "题型": ("题型", "试题类型", "题目类型", "类型"),
    "题干": ("题干", "题目", "试题", "题目内容", "试题内容", "题干内容"),
    "答案": ("答案", "正确答案", "标准答案", "参考答案"),
    "解析": ("解析", "答案解析", "试题解析", "题目解析"),
    "分值": ("分值", "分数", "题目分数"),
    "难度": ("难度", "难易度", "难度系数"),
    "知识点": ("知识点", "标签", "分类", "主题"),
    "采分点": ("采分点",),
    "关联": ("关联",),
    "编号": ("编号",),
    "来源": ("来源",),
    **{f"选项{letter}": (f"选项{letter}", letter) for letter in ascii_uppercase},
}
_TYPE_WORDS: tuple[tuple[str, ItemType], ...] = (
    ("单", "单选"),
    ("多", "多选"),
    ("不定项", "多选"),
    ("判断", "判断"),
    ("是非", "判断"),
    ("填空", "填空"),
    ("论述", "论述"),
    ("情景", "情景分析"),
    ("案例", "情景分析"),
    ("行为", "行为面试"),
    ("简答", "简答"),
    ("问答", "简答"),
)


class _Unreadable(Exception):
    """A row that is no item; its text says why."""


def read_xlsx(data: bytes) -> ReadItems:
    """Return the items of the first sheet. Raises DocumentRefused for what is no item sheet."""
    sheet = read_sheet(data)
    found = find_columns(sheet.rows, _NAMES, lambda columns: "题干" in columns)
    if found is None:
        raise DocumentRefused("没有找到“题干”这一列：第一张表的前十行里要有列名。")
    header, columns = found
    items, problems = [], []
    for row, values in enumerate(sheet.rows[header + 1 :], header + 2):
        cells = {name: values[place] for name, place in columns.items()}
        if not any(cells.values()):
            continue
        try:
            items.append(_read_row(cells, row))
        except _Unreadable as unreadable:
            problems.append(Problem(row, str(unreadable)))
    return ReadItems("", tuple(items), tuple(problems))


def _read_row(cells: Mapping[str, str], row: int) -> ExamItem:
    text, explanation, answer = cells["题干"], cells.get("解析", ""), cells.get("答案", "")
    if not text:
        raise _Unreadable("没有题干，没有读入。")
    type_ = _type(cells)
    notes = _notes(cells, type_, row)
    if type_ in OPEN_TYPES:
        if not notes.scoring_points and answer:
            points = tuple(read_scoring_point(each, row) for each in answer.split("\n") if each)
            notes = replace(notes, scoring_points=points)
        return open_item(notes, text, explanation, row)
    if not answer:
        raise _Unreadable("没有答案，没有读入。")
    if type_ == "判断":
        return verdict_item(notes, text, _verdict(answer), explanation, row)
    if type_ == "填空":
        blanks = split_escaped(answer, BLANK_SEPARATOR)
        return blanks_item(
            notes, text, [split_escaped(blank) for blank in blanks], explanation, row
        )
    options, right = _options(cells, answer)
    return choice_item(notes, text, options, right, explanation, row)


def _type(cells: Mapping[str, str]) -> ItemType:
    """Return the type that a row names, or else that its options and answer speak for."""
    word = cells.get("题型", "")
    named = next((type_ for part, type_ in _TYPE_WORDS if part in word), None)
    if named:
        return named
    if word:
        raise _Unreadable(f"题型“{word}”不认识。可用：{'、'.join(ITEM_TYPES)}。")
    if cells.get("选项A"):
        return "单选" if len(_letters(cells.get("答案", ""))) == 1 else "多选"
    return "简答" if read_verdict(cells.get("答案", "")) is None else "判断"


def _notes(cells: Mapping[str, str], type_: ItemType, row: int) -> Notes:
    topics = cells.get("知识点", "")
    pins = (read_pin(line, row) for line in cells.get("关联", "").split("\n"))
    scored = filter(None, cells.get("采分点", "").split("\n"))
    return Notes(
        id=cells.get("编号", ""),
        type=type_,
        points=read_points(cells.get("分值", "")),
        difficulty=read_difficulty(cells.get("难度", "")),
        topics=tuple(filter(None, split_escaped(topics, TOPIC_SEPARATOR))),
        source=cells.get("来源", ""),
        pins=tuple(pin for pin in pins if pin),
        scoring_points=tuple(read_scoring_point(line, row) for line in scored),
    )


def _verdict(answer: str) -> bool:
    verdict = read_verdict(answer)
    if verdict is None:
        raise _Unreadable(f"判断题的答案“{answer}”看不出是对是错，没有读入。")
    return verdict


def _options(cells: Mapping[str, str], answer: str) -> tuple[Sequence[str], set[int]]:
    said = [cells.get(f"选项{letter}", "") for letter in ascii_uppercase]
    options = said[: max((place + 1 for place, text in enumerate(said) if text), default=0)]
    letters = _letters(answer)
    right = {ascii_uppercase.index(letter) for letter in letters}
    if len(options) < 2 or not all(options):
        raise _Unreadable("选项不全，没有读入。")
    if not right or max(right) >= len(options):
        raise _Unreadable(f"答案“{answer}”不是选项的字母，没有读入。")
    return options, right


def _letters(answer: str) -> set[str]:
    """Return the letters of an answer: `ABC`, `A、B`, `A,B`; none when it holds anything else."""
    letters = re.sub(r"[\s、,，;；|.．]", "", answer.upper())
    return set(letters) if re.fullmatch(r"[A-Z]+", letters) else set()
