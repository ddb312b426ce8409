"""`kb serve`: the builder process, and the web processes that read what it builds."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Annotated

import typer

from kb.errors import DatabaseUnavailable, IndexUnavailable
from kb.indexing import current_generation
from kb.settings import Settings, read_settings

APPLICATION = "web.application:create_application"
_RESTART_SECONDS = 1.0
_INDEX_COMMAND = [sys.executable, "-m", "kb.cli", "index"]


def serve(
    port: Annotated[int, typer.Option(help="端口；默认取 KB_PORT。")] = 0,
    workers: Annotated[int, typer.Option(help="网页进程数；默认取 KB_WORKERS。")] = 0,
) -> None:
    """启动网页和接口，内容改动自动生效。"""
    # Only this command needs a web server.
    import uvicorn

    settings = read_settings()
    port, workers = port or settings.port, workers or settings.workers
    print("正在准备索引……", flush=True)
    _prepare(settings)
    print(f"知识库：http://{settings.host}:{port}  内容：{settings.content_dir}", flush=True)
    threading.Thread(target=_keep_builder, daemon=True).start()
    uvicorn.run(
        APPLICATION,
        factory=True,
        host=settings.host,
        port=port,
        workers=workers,
        # Query strings hold what customers said; of it only identifiers are masked.
        access_log=False,
        log_level="warning",
        server_header=False,
    )


def _prepare(settings: Settings) -> None:
    """Bring index and database up to date, before web processes read the one and write the other.

    The index in a process of its own: this one would keep its memory.
    """
    with subprocess.Popen(_INDEX_COMMAND) as indexing:  # noqa: S603 - our own command
        _upgrade_database(settings)
    if indexing.returncode and current_generation(settings.index_dir) is None:
        raise IndexUnavailable("索引没有建成，请先改正上面的错误。")


def _upgrade_database(settings: Settings) -> None:
    """Bring the tables up to date, or say why not: answers do not need them."""
    # Here and not above: other commands need not load SQLAlchemy.
    from kb.state import open_database, upgrade_database

    try:
        upgrade_database(open_database(settings))
    except DatabaseUnavailable as error:
        print(f"提醒：{error}检索照常，检索记录等数据库可用时再写。", file=sys.stderr, flush=True)


def _keep_builder() -> None:
    """Run the builder beside the web processes, and start it again whenever it ends."""
    while True:
        subprocess.run([*_INDEX_COMMAND, "--watch"], check=False)  # noqa: S603 - our own command
        time.sleep(_RESTART_SECONDS)
