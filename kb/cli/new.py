"""`kb new`: a blank procedure in its place."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.clock import shanghai_today
from kb.content import (
    ID_PATTERN,
    PROCEDURES_FOLDER,
    blank_procedure,
    did_you_mean,
    read_content_files,
    read_reference_data,
)
from kb.errors import QueryInvalid
from kb.settings import read_settings


def new(
    procedure_id: Annotated[str, typer.Argument(metavar="编号", help="如 claim-report。")],
    category: Annotated[str, typer.Option(help="分类，出自词表；默认第一个分类。")] = "",
) -> None:
    """写一份空白规程，填完空白就能通过检查。"""
    settings = read_settings()
    reference = read_reference_data(read_content_files(settings.content_dir))
    categories = reference.vocabulary.categories
    category = category or (categories[0] if categories else "")
    if category not in categories:
        raise QueryInvalid(f"词表里没有分类“{category}”。{did_you_mean(category, categories)}")
    if not ID_PATTERN.fullmatch(procedure_id):
        raise QueryInvalid(f"编号“{procedure_id}”应为小写英文、数字和连字符，如 claim-report。")
    path = settings.content_dir / PROCEDURES_FOLDER / category / f"{procedure_id}.md"
    existing = [*(settings.content_dir / PROCEDURES_FOLDER).rglob(f"{procedure_id}.md")]
    if existing:
        raise QueryInvalid(f"已经有这份规程：{existing[0]}。")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = blank_procedure(procedure_id, category, shanghai_today())
    path.write_text(text, encoding="utf-8")
    print(f"已写好 {path}，填完空白后运行 kb check。")
