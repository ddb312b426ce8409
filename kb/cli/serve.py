"""`kb serve`: the builder process, and the web processes that read what it builds."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Annotated

import typer

from kb.cli.common import open_knowledge_base
from kb.settings import Settings, read_settings

APPLICATION = "web.application:create_application"
_RESTART_SECONDS = 1.0


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
    open_knowledge_base(settings)
    print(f"知识库：http://{settings.host}:{port}  内容：{settings.content_dir}", flush=True)
    threading.Thread(target=_keep_builder, args=(settings,), daemon=True).start()
    uvicorn.run(
        APPLICATION,
        factory=True,
        host=settings.host,
        port=port,
        workers=workers,
        # Query strings hold what customers said; access logs would keep it unmasked.
        access_log=False,
        log_level="warning",
        server_header=False,
    )


def _keep_builder(settings: Settings) -> None:
    """Run the builder beside the web processes, and start it again whenever it ends."""
    while True:
        subprocess.run([sys.executable, "-m", "kb.cli", "index", "--watch"], check=False)
        time.sleep(_RESTART_SECONDS)
