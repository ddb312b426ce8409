"""`kb feedback`: what agents said of the answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.cli.common import JsonOption, print_json
from kb.settings import read_settings

_COLUMNS = ("规程", "时间", "评价", "通话信息", "补充")


def feedback(
    days: Annotated[int, typer.Option(min=1, help="看最近多少天。")] = 30,
    json_output: JsonOption = False,
) -> None:
    """列出坐席对答案的反馈，按规程归在一起，最近的在前。"""
    # Only commands like this one and the one that serves need the database.
    from kb.feedback.listing import list_feedback
    from kb.state import open_database, upgrade_database

    engine = open_database(read_settings())
    upgrade_database(engine)
    groups = list_feedback(engine, datetime.now(UTC) - timedelta(days=days))
    if json_output:
        print_json({"days": days, "procedures": [group.as_json() for group in groups]})
        return
    if not groups:
        print(f"最近 {days} 天没有反馈。")
        return
    table = Table(*_COLUMNS)
    for group in groups:
        name = group.procedure_id
        for said in group.said:
            texts = (Text(said.context), Text(said.line))  # no markup of rich
            table.add_row(name, f"{said.at:%Y-%m-%d %H:%M}", said.verdict, *texts)
            name = ""
        table.add_section()
    Console().print(table)
