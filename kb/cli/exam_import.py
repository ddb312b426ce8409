"""`kb exam import`: exam items from the papers of training departments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.cli.common import JsonOption, print_json
from kb.errors import DocumentRefused
from kb.paper_reading import ReadItem, ReadPaper, read_paper
from kb.paper_reading.exam_draft import exam_draft

_SHOWN_CHARS = 40
_COLUMNS = ("行", "题型", "部分", "题号", "题干", "答案", "缺什么")
_NO_ID = re.compile(r"[^a-z0-9]+")
_DEFAULT_ID = "imported"


def import_paper(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="试卷：txt、docx、xlsx、GIFT、Moodle XML。")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看读到了什么，不写草稿。")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="文件", help="草稿写到哪里；默认打印出来。")
    ] = None,
    json_output: JsonOption = False,
) -> None:
    """读一份试卷，写成题目草稿。"""
    paper = read_paper(file.read_bytes())
    if not (dry_run or paper.is_paper):
        raise DocumentRefused(f"{file.name} 不是试卷，没有写草稿。")
    if json_output:
        print_json(paper.as_json())
    elif dry_run:
        _print(paper)
    if dry_run:
        return
    text = exam_draft(paper, _file_id(out or file), file.name)
    if out:
        out.write_text(text, encoding="utf-8")
    if not json_output:
        print(f"已写出 {out}，{len(paper.items)} 题。" if out else text.rstrip("\n"))


def _file_id(path: Path) -> str:
    """Return the id of the draft: the name of its file as far as an id may have it."""
    return _NO_ID.sub("-", path.stem.lower()).strip("-") or _DEFAULT_ID


def _print(paper: ReadPaper) -> None:
    if paper.is_paper:
        table = Table(*_COLUMNS)
        for item in paper.items:
            table.add_row(*(Text(words) for words in _row(item)))
        Console().print(table)
        whole = sum(item.complete for item in paper.items)
        print(f"读到 {len(paper.items)} 题，其中 {whole} 题完整。")
    for problem in paper.problems:
        print(f"第 {problem.line} 行 {problem.text}")


def _row(item: ReadItem) -> tuple[str, ...]:
    if isinstance(item.answer, bool):
        answer = "对" if item.answer else "错"
    else:
        answer = "".join(item.answer or ()).replace("\n", " ")
    stem = item.stem.replace("\n", " ")
    missing = "、".join(item.missing)
    texts = (stem[:_SHOWN_CHARS], answer[:_SHOWN_CHARS], missing)
    return (str(item.line), item.type, item.section, str(item.number), *texts)
