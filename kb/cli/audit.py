"""`kb audit`: the audit trail, verified and listed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.cli.common import JsonOption, open_state, print_json
from kb.clock import SHANGHAI
from kb.settings import read_settings

_COLUMNS = ("编号", "时间", "谁", "动作", "对象", "说明")


def verify() -> None:
    """核对审计记录有没有被改过、删过。不可信时退出码为 1。"""
    # Only commands like these and the one that serves need the database.
    from kb.audit import verify_trail

    found = verify_trail(open_state(read_settings()))
    if found.broken_from is not None:
        print(f"审计记录从第 {found.broken_from} 条起不可信：有人改过或删过。")
        raise typer.Exit(1)
    if found.last is None:
        print("还没有审计记录。")
        return
    print(f"审计记录完整，共 {found.last.number} 条。最后一条：")
    print(f"编号 {found.last.number}  哈希 {found.last.hash}")
    print("请另记在别处：末尾要是被删，剩下的仍然完整，只有比对这两样才看得出来。")


def list_entries(
    days: Annotated[int, typer.Option(min=1, help="看最近多少天。")] = 30,
    json_output: JsonOption = False,
) -> None:
    """列出审计记录，最近的在前。"""
    from kb.audit import AuditQuestion, action_name, detail_name, find_entries

    since = datetime.now(UTC) - timedelta(days=days)
    entries = find_entries(open_state(read_settings()), AuditQuestion(since=since))
    if json_output:
        print_json({"days": days, "entries": [entry.as_json() for entry in entries]})
        return
    if not entries:
        print(f"最近 {days} 天没有审计记录。")
        return
    table = Table(*_COLUMNS)
    for entry in entries:
        details = (f"{detail_name(key)}：{value}" for key, value in entry.details.items())
        table.add_row(
            str(entry.number),
            f"{entry.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
            Text(entry.actor),  # no markup of rich
            action_name(entry.action),
            Text(entry.subject),
            Text("；".join(details)),
        )
    Console().print(table)
