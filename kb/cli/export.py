"""`kb export --offline`: the content in one file, for the hours in which the system is down."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.common import open_knowledge_base, write_whole
from kb.clock import read_day
from kb.errors import ExportImpossible

_USABLE_DAYS = 7


def export(
    offline: Annotated[
        bool, typer.Option("--offline", help="写出离线副本：一个网页文件，含全部规程和检索。")
    ] = False,
    to: Annotated[
        Path | None, typer.Option(metavar="文件", help="写到哪里；默认 kb-offline-日期.html。")
    ] = None,
    expires: Annotated[
        str, typer.Option(metavar="日期", help=f"可用到哪一天；默认 {_USABLE_DAYS} 天后。")
    ] = "",
) -> None:
    """导出内容，供系统故障时使用。"""
    if not offline:
        raise ExportImpossible("没有说导出什么。离线副本写 kb export --offline。")
    # Only this command needs the pages' templates.
    from web.documents.offline import offline_copy

    view = open_knowledge_base().view
    last_day = read_day(expires) or view.today + timedelta(days=_USABLE_DAYS)
    if last_day < view.today:
        raise ExportImpossible(f"可用到 {last_day} 已经过去了，今天是 {view.today}。")
    path = to or Path(f"kb-offline-{view.today}.html")
    data = offline_copy(view, last_day).encode()
    write_whole(path, data)
    size = f"{len(data) / 1e6:.1f} MB"
    print(f"已写出 {path}（{size}），{view.today} 的内容，可用到 {last_day}。")
