"""Writes what was read as a draft of an exam file; what the paper did not tell is a blank."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content.exam_item import OPEN_TYPES
from kb.paper_reading.paper import ReadItem, ReadPaper

_HEADER = """---
id: {id}
title: {title}
bank: 考试
owner: 培训
---
"""


def exam_draft(paper: ReadPaper, file_id: str, source: str) -> str:
    """Return the text of an exam file with this id; `source` is what the paper is called."""
    header = _HEADER.format(id=file_id, title=paper.title or source)
    items = (
        "\n".join(_item_lines(item, f"{file_id}-{number}", source))
        for number, item in enumerate(paper.items, 1)
    )
    return header + "\n\n".join(items) + "\n"


def _item_lines(item: ReadItem, item_id: str, source: str) -> Iterator[str]:
    points = f" 分值={item.points:g}" if item.points is not None else ""
    difficulty = f" 难度={item.difficulty}" if item.difficulty else ""
    yield f"## {item.type} {{#{item_id}{points}{difficulty}}}"
    yield item.stem.replace("\n", "\n\n")
    yield ""
    if item.context:
        yield f"- 背景: {_one_line(item.context)}"
    for option in item.options:
        yield f"- {option.letter}: {option.text}"
    yield from _answer_lines(item)
    yield f"- 解析: {_one_line(item.explanation)}".rstrip()
    if item.topics:
        yield f"- 主题: {'、'.join(item.topics)}"
    yield f"- 来源: {source} 第{item.line}行"


def _answer_lines(item: ReadItem) -> Iterator[str]:
    if item.type not in OPEN_TYPES:
        yield f"- 答案: {_answer_words(item)}".rstrip()
        return
    for point in item.scoring_points:
        part = f"·{point.part}" if point.part else ""
        worth = f"{point.points:g}分 " if point.points is not None else ""
        yield f"- 采分点{part}: {worth}{_one_line(point.text)}"
    if not item.scoring_points:
        yield f"- 采分点: {_answer_words(item)}".rstrip()


def _answer_words(item: ReadItem) -> str:
    if isinstance(item.answer, bool):
        return "对" if item.answer else "错"
    return (
        "、".join(item.answer) if isinstance(item.answer, tuple) else _one_line(item.answer or "")
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
