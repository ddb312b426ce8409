"""What several commands share: opening the knowledge base, dates, JSON output."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.errors import IndexUnavailable
from kb.indexing import IndexBuilder, builder_lock
from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

_WAIT_SECONDS = 60

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取。")]
OnOption = Annotated[str, typer.Option("--on", help="按哪一天的版本，如 2026-01-01；默认今天。")]
RegionOption = Annotated[str, typer.Option("--region", help="客户所在地区，如 广东、深圳。")]


def open_knowledge_base(settings: Settings | None = None) -> KnowledgeBase:
    """Return the knowledge base over an index that is up to date.

    While a server runs, its builder keeps the index up to date and this process only reads.
    """
    settings = settings or read_settings()
    knowledge_base = KnowledgeBase(settings)
    with builder_lock(settings.index_dir) as is_builder:
        if is_builder:
            builder = index_builder(settings)
            builder.refresh()
            builder.train()
    deadline = time.monotonic() + _WAIT_SECONDS
    while not knowledge_base.refresh():
        if time.monotonic() > deadline:
            raise IndexUnavailable("另一个进程正在建索引，等了一分钟还没建好，请稍后再试。")
        time.sleep(0.2)
    return knowledge_base


def index_builder(settings: Settings) -> IndexBuilder:
    """Return the builder that `settings` describe; use it only under the lock."""
    return IndexBuilder(settings.content_dir, settings.index_dir, settings.scrub_seconds)


def open_state(settings: Settings) -> Engine:
    """Return the engine of the database, its tables up to date. Raises DatabaseUnavailable."""
    # Most commands need no database, and do not load what it takes.
    from kb.state import open_database, upgrade_database

    engine = open_database(settings)
    upgrade_database(engine)
    return engine


def print_json(value: Any) -> None:
    """Print a value as one JSON document, Chinese unescaped."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
