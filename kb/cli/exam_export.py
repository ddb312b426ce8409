"""`kb exam export`: items of a bank as a file for another program."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.common import open_knowledge_base, write_whole
from kb.content import BANKS
from kb.errors import ExportImpossible
from kb.exams import ItemBank, Staleness
from kb.exams.formats import FORMATS, export_items


def export_exam(
    format_name: Annotated[
        str, typer.Option("--format", metavar="格式", help=f"写成哪种格式：{'、'.join(FORMATS)}。")
    ],
    bank: Annotated[str, typer.Option(metavar="题库", help=f"{'或'.join(BANKS)}。")] = "练习",
    topic: Annotated[str, typer.Option(metavar="主题", help="只要这个主题的题；默认全部。")] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="文件", help="写到哪里；默认 exam-日期 加扩展名。")
    ] = None,
) -> None:
    """把题库写成其他系统能读的文件；待复核的题不写，并列出。"""
    if format_name not in FORMATS:
        raise ExportImpossible(f"没有“{format_name}”这种格式。可用：{'、'.join(FORMATS)}。")
    if bank not in BANKS:
        raise ExportImpossible(f"没有“{bank}”这个题库。可用：{'、'.join(BANKS)}。")
    view = open_knowledge_base().view
    banked = [
        each
        for each in ItemBank(view.exam_files, [name for name in BANKS if name == bank]).items
        if not topic or topic in each.item.topics
    ]
    standings = Staleness(view).all_of(banked)
    items = [standing.banked.item for standing in standings if not standing.is_stale]
    format_ = FORMATS[format_name]()
    data = export_items(format_, f"{bank}题库{topic and f'：{topic}'}", items)
    path = out or Path(f"exam-{view.today}{format_.suffix}")
    write_whole(path, data)
    print(f"已写出 {path}：{len(items)}题。")
    for standing in standings:
        if standing.is_stale:
            wordings = "、".join(f"{pin.pin.target} {pin.wording}" for pin in standing.stale_pins)
            print(f"待复核，没有写出：{standing.banked.item.id}（{wordings}）", file=sys.stderr)
