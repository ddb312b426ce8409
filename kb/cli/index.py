"""`kb index`: bring the index up to date once, or keep it so."""

from __future__ import annotations

import logging
import time
from typing import Annotated

import typer
from rich.console import Console

from kb.cli.common import index_builder, repository_upkeep
from kb.errors import IndexUnavailable
from kb.indexing import builder_lock, current_generation
from kb.settings import read_settings


def index(
    watch: Annotated[bool, typer.Option("--watch", help="一直运行，内容一改就更新索引。")] = False,
) -> None:
    """建立或更新索引。"""
    settings = read_settings()
    level = logging.INFO if watch else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(message)s")
    with builder_lock(settings.index_dir) as is_builder:
        if not is_builder:
            raise IndexUnavailable("另一个进程正在维护索引，不需要再运行。")
        builder, upkeep = index_builder(settings), repository_upkeep(settings)
        if watch:
            builder.watch(settings.poll_seconds, upkeep)
            return
        started = time.monotonic()
        with Console(stderr=True).status("正在建立索引……"):
            upkeep()
            changed = builder.refresh()
            builder.train()
    generation = current_generation(settings.index_dir)
    if generation is None:
        raise IndexUnavailable("索引没有建成。")
    manifest = generation.read_manifest()
    state = "已更新" if changed else "已是最新"
    print(f"索引{state}：{generation.folder}，用时 {time.monotonic() - started:.1f} 秒。")
    for fault in manifest.faults:
        print(f"未收录 {fault.file}:{fault.line} {fault.message}{fault.fix}")
