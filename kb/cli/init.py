"""`kb init`: a content repository of one's own, begun with the packaged content."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.repository import start_repository
from kb.settings import PACKAGED_CONTENT


def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="空的，或还没有的文件夹。")],
) -> None:
    """建一个内容仓库：复制自带的内容，从此经审核发布，每次发布都有记录。"""
    start_repository(folder, PACKAGED_CONTENT)
    print(f"内容仓库在 {folder}。启动：KB_CONTENT_DIR={folder} kb serve")
