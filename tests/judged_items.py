"""Judged exam items: terse ones that have a procedure, and items of others that have none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.content import Blanks, Choices, ExamItem, Option, Rubric, Solution
from kb.content.exam_item import Verdict
from kb.content.fault import FaultCollector
from kb.content.prose import parse_prose

_ROWS = Path(__file__).parent / "judged" / "exam_items.jsonl"
_UNMARKED = Rubric(())
_NOTHING = parse_prose("", 1, FaultCollector(""))


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """An item with the ids of the procedures that answer it; none means 无对应规程."""

    item: ExamItem
    relevant: frozenset[str]
    half: str
    """`tuning` or `unseen`."""


def judged_items() -> list[JudgedItem]:
    """Return all rows."""
    rows = map(json.loads, _ROWS.read_text(encoding="utf-8").splitlines())
    return [JudgedItem(_item(row), frozenset(row["relevant"]), row["half"]) for row in rows]


def _item(row: dict[str, Any]) -> ExamItem:
    options = tuple(Option("ABCDEF"[at], text) for at, text in enumerate(row["options"]))
    return bare_item(row["stem"], _solution(row), row["id"], row["type"], row["context"], options)


def _solution(row: dict[str, Any]) -> Solution:
    match row["type"]:
        case "单选" | "多选":
            return Choices(tuple(row["answer"].split("、")))
        case "判断":
            return Verdict(row["answer"] == "√")
        case "填空":
            return Blanks(((row["answer"],),))
        case _:
            return _UNMARKED


def bare_item(
    stem: str,
    solution: Solution = _UNMARKED,
    id_: str = "item-1",
    type_: Any = "简答",
    context: str = "",
    options: tuple[Option, ...] = (),
) -> ExamItem:
    """Return an item without explanation, topics and pins."""
    return ExamItem(
        id=id_,
        type=type_,
        stem=stem,
        context=context,
        options=options,
        solution=solution,
        explanation=_NOTHING,
        points=1,
        difficulty="中",
        topics=(),
        source="",
        pins=(),
        line=1,
    )
