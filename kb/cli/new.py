"""`kb new`: a blank procedure in its place."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.clock import shanghai_today
from kb.content import read_content_files
from kb.editing import new_procedure, read_surroundings
from kb.settings import read_settings


def new(
    procedure_id: Annotated[str, typer.Argument(metavar="编号", help="如 claim-report。")],
    category: Annotated[str, typer.Option(help="分类，出自词表；默认第一个分类。")] = "",
) -> None:
    """写一份空白规程，填完空白就能通过检查。"""
    folder = read_settings().content_folder
    surroundings = read_surroundings(read_content_files(folder))
    first, *_ = (*surroundings.reference.vocabulary.categories, "")
    file = new_procedure(procedure_id, category or first, surroundings, shanghai_today())
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file.text, encoding="utf-8")
    print(f"已写好 {path}，填完空白后运行 kb check。")
