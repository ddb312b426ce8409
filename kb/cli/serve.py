"""`kb serve`: the builder process, and the web processes that read what it builds."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Annotated

import typer

from kb.cli.user import link_address
from kb.errors import DatabaseUnavailable, IndexUnavailable
from kb.indexing import current_generation
from kb.repository import start_repository
from kb.settings import PACKAGED_CONTENT, Settings, read_settings

APPLICATION = "web.application:create_application"
_RESTART_SECONDS = 1.0
_SHUTDOWN_SECONDS = 10
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
    if settings.content_dir is None:
        start_repository(settings.repository_dir, PACKAGED_CONTENT)
    print("正在准备索引……", flush=True)
    _prepare(settings)
    print(f"知识库：http://{settings.host}:{port}  内容：{settings.content_folder}", flush=True)
    _print_first_link(settings, port)
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
        # A request that hangs must not keep the server from ending.
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
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
    """Bring the tables up to date, or say why not: the database may come back by itself."""
    # Here and not above: other commands need not load SQLAlchemy.
    from kb.state import open_database, upgrade_database

    try:
        upgrade_database(open_database(settings))
    except DatabaseUnavailable as error:
        print(
            f"提醒：{error}数据库可用之前认不出人，页面和接口暂停服务。",
            file=sys.stderr,
            flush=True,
        )


def _print_first_link(settings: Settings, port: int) -> None:
    """Print the link that makes the first administrator, while there is no account."""
    from kb.people.accounts import Accounts
    from kb.people.links import OneTimeLinks
    from kb.state import open_database

    engine = open_database(settings)
    with suppress(DatabaseUnavailable):  # it has been told
        if not Accounts(engine).exist():
            token = OneTimeLinks(engine).make(None, None)
            print("还没有账号：本机不用登录就能查阅。设第一位管理员（24 小时内、用一次）：")
            print(link_address(settings, "/welcome", token, port), flush=True)


def _keep_builder() -> None:
    """Run the builder beside the web processes, and start it again whenever it ends."""
    while True:
        subprocess.run([*_INDEX_COMMAND, "--watch"], check=False)  # noqa: S603 - our own command
        time.sleep(_RESTART_SECONDS)
