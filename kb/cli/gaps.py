"""`kb gaps`: what was asked again and again and had no answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.cli.common import JsonOption, open_knowledge_base, print_json
from kb.settings import read_settings

_COLUMNS = ("问法", "次数", "天数", "最近一次", "最接近的规程")


def gaps(
    days: Annotated[int, typer.Option(min=1, help="看最近多少天。")] = 30,
    least: Annotated[int, typer.Option(min=1, help="至少问过几次。")] = 2,
    json_output: JsonOption = False,
) -> None:
    """列出反复问到却无匹配的问题，问得最多的在前。"""
    # Only this command and the one that serves need the database.
    from kb.questions.gaps import find_gaps
    from kb.state import open_database, upgrade_database

    settings = read_settings()
    engine = open_database(settings)
    upgrade_database(engine)
    view = open_knowledge_base(settings).view
    since = datetime.now(UTC) - timedelta(days=days)
    found = find_gaps(engine, since, least, view.analyzer)
    if json_output:
        print_json({"days": days, "least": least, "gaps": [gap.as_json() for gap in found]})
        return
    if not found:
        print(f"最近 {days} 天，没有问过 {least} 次以上却无匹配的问题。")
        return
    table = Table(*_COLUMNS)
    for gap in found:
        last_asked = f"{gap.last_asked:%Y-%m-%d %H:%M}"
        question = Text(gap.query)  # no markup of rich
        table.add_row(question, str(gap.times), str(gap.days), last_asked, gap.candidate or "无")
    Console().print(table)
