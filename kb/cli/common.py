"""What several commands share: opening the knowledge base, dates, JSON output."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.content import ContentSource, FolderSource
from kb.errors import DatabaseUnavailable, ExportImpossible, IndexUnavailable
from kb.indexing import IndexBuilder, builder_lock, current_generation
from kb.knowledge_base import KnowledgeBase
from kb.publishing import RepositoryFaults
from kb.repository import ContentRepository, is_content_repository
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
    knowledge_base = KnowledgeBase(settings, engine=_existing_database(settings))
    with builder_lock(settings.index_dir) as is_builder:
        if is_builder:
            _refresh_index(settings)
    deadline = time.monotonic() + _WAIT_SECONDS
    while not knowledge_base.refresh():
        if time.monotonic() > deadline:
            raise IndexUnavailable("另一个进程正在建索引，等了一分钟还没建好，请稍后再试。")
        time.sleep(0.2)
    knowledge_base.refresh_standing()
    return knowledge_base


def _existing_database(settings: Settings) -> Engine | None:
    """Return the engine of the database in which suspensions stand, None before it is made."""
    if not settings.database_url and not settings.database_file.is_file():
        return None
    # Here and not above: other commands need not load SQLAlchemy.
    from kb.state import open_database

    return open_database(settings)


def _refresh_index(settings: Settings) -> None:
    repository_upkeep(settings)()
    builder = index_builder(settings)
    try:
        builder.refresh()
        builder.train()
    except DatabaseUnavailable as error:
        # It says what was published last; what was indexed before can still be read.
        if current_generation(settings.index_dir) is None:
            raise
        print(f"提醒：{error}以下是上次建好的索引里的内容。", file=sys.stderr)


def index_builder(settings: Settings) -> IndexBuilder:
    """Return the builder that `settings` describe; use it only under the lock."""
    return IndexBuilder(_content_source(settings), settings.index_dir, settings.scrub_seconds)


def _content_source(settings: Settings) -> ContentSource:
    """Return where the content is read: a repository's publications, or a folder as it is."""
    folder = settings.content_folder
    if not is_content_repository(folder):
        return FolderSource(folder)
    # Here and not above: a folder needs no database.
    from kb.publishing.source import PublishedSource
    from kb.state import open_database

    return PublishedSource(ContentRepository(folder), open_database(settings))


def repository_upkeep(settings: Settings) -> Callable[[], None]:
    """Return what looks after the content repository; it does nothing where there is none."""
    folder = settings.content_folder
    if not is_content_repository(folder):
        return lambda: None
    from kb.publishing.publisher import Publisher
    from kb.publishing.upkeep import Upkeep
    from kb.state import make_missing_table, open_database
    from kb.state.tables import publications

    engine, repository = open_database(settings), ContentRepository(folder)
    # If the database is away, each run says so.
    with suppress(DatabaseUnavailable):
        make_missing_table(engine, publications)
    publisher = Publisher(repository, engine)
    return Upkeep(repository, publisher, RepositoryFaults(settings.index_dir)).run


def open_state(settings: Settings) -> Engine:
    """Return the engine of the database, its tables up to date. Raises DatabaseUnavailable."""
    # Most commands need no database, and do not load what it takes.
    from kb.state import open_database, upgrade_database

    engine = open_database(settings)
    upgrade_database(engine)
    return engine


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises ExportImpossible where there is no folder for it."""
    if not path.parent.is_dir():
        raise ExportImpossible(f"没有文件夹 {path.parent}，写不出 {path}。")
    # Beside it first: a copy that was cut off must not stand in the place of the last whole one.
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    beside.replace(path)


def print_json(value: Any) -> None:
    """Print a value as one JSON document, Chinese unescaped."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
